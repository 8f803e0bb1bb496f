/// Sounds that are made alike, and that learners find hard together.
enum PhoneClass: CaseIterable {
    case vowel, fricative, stop, sonorant
    /// What the languages of East Asia lack.
    case hard

    func contains(_ phone: Phone) -> Bool {
        switch self {
        case .vowel: phone.isVowel
        case .fricative: Self.fricatives.contains(phone)
        case .stop: [.p, .b, .t, .d, .k, .g].contains(phone)
        case .sonorant: [.m, .n, .ng, .l, .r, .w, .y].contains(phone)
        case .hard: Self.hardOnes.contains(phone)
        }
    }

    private static let fricatives: Set<Phone> = [.f, .v, .th, .dh, .s, .z, .sh, .zh, .hh, .ch, .jh]
    private static let hardOnes: Set<Phone> = [.th, .dh, .v, .z, .r, .l, .w, .ng, .ae, .ih, .uh]
}
