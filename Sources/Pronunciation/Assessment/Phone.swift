/// The 39 sounds of American English in ARPAbet, without stress.
///
/// Source: the phone set of the CMU Pronouncing Dictionary.
package enum Phone: String, Hashable, Sendable, CaseIterable {
    case aa = "AA", ae = "AE", ah = "AH", ao = "AO", aw = "AW", ay = "AY", b = "B", ch = "CH", d = "D", dh = "DH"
    case eh = "EH", er = "ER", ey = "EY", f = "F", g = "G", hh = "HH", ih = "IH", iy = "IY", jh = "JH", k = "K"
    case l = "L", m = "M", n = "N", ng = "NG", ow = "OW", oy = "OY", p = "P", r = "R", s = "S", sh = "SH"
    case t = "T", th = "TH", uh = "UH", uw = "UW", v = "V", w = "W", y = "Y", z = "Z", zh = "ZH"

    package var isVowel: Bool {
        switch self {
        case .aa, .ae, .ah, .ao, .aw, .ay, .eh, .er, .ey, .ih, .iy, .ow, .oy, .uh, .uw: true
        default: false
        }
    }
}
