/// A granule's lines as whole numbers, and what a decoder needs to turn them back.
struct MP3Granule {
    /// 576 values with their signs.
    var values = [Int32](repeating: 0, count: 576)
    /// The largest magnitude in each of the 21 coded bands.
    var largest = [Int32](repeating: 0, count: 21)
    /// The step of all bands: 2 to the power of a quarter of this, less 210.
    var globalGain = 210
    /// How many times each band's step is halved, or its root taken twice; at most 15, or 7 from band 11 on.
    var scaleFactors = [Int](repeating: 0, count: 21)
    /// Whether scale factors count in halves, where otherwise in roots of a half.
    var coarseScale = false
}
