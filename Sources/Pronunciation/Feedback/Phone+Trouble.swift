extension Phone {
    /// How early a sound comes among those that Korean speakers of English have trouble with, from 0.
    ///
    /// First the pairs that Korean does not tell apart, consonants before vowels; last the sounds that it has as well.
    ///
    /// Source: Swan & Smith (2001), "Learner English", 2nd ed., chapter "Korean speakers", Cambridge University Press.
    var troubleRank: Int {
        guard let rank = Self.byTrouble.firstIndex(of: self) else { preconditionFailure("\(self) has no rank.") }
        return rank
    }

    static let byTrouble: [Phone] = [
        .r, .l, .f, .p, .v, .b, .th, .dh, .z, .jh, .zh,
        .iy, .ih, .eh, .ae, .uw, .uh, .ao, .ow, .ah, .aa, .er,
        .w, .sh, .s, .y, .ch,
        .t, .d, .k, .g, .ng, .ey, .ay, .aw, .oy, .n, .m, .hh,
    ]
}
