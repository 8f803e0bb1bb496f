extension Phone {
    /// How a vowel is made; for a consonant see ``consonantAdvice``.
    var vowelAdvice: SoundAdvice {
        switch self {
        case .iy:
            SoundAdvice(
                "긴 ee", "입을 옆으로 벌리고 ‘이’를 길게 끌어 보세요",
                "long ee", "spread your lips and hold it, as in “seat”")
        case .ih:
            SoundAdvice(
                "짧은 i", "입과 혀에 힘을 빼고 ‘이’와 ‘에’ 사이로 짧게 말해 보세요",
                "short i", "relax your tongue and keep it short, between ee and eh, as in “sit”")
        case .eh:
            SoundAdvice(
                "짧은 e", "입을 조금만 벌리고 ‘에’로 짧게 말해 보세요",
                "short e", "open your mouth only a little and keep it short, as in “bed”")
        case .ae:
            SoundAdvice(
                "짧은 a", "턱을 크게 내리고 입을 옆으로 벌려 ‘애’라고 말해 보세요",
                "short a", "drop your jaw and spread your lips, as in “bad”")
        case .uw:
            SoundAdvice(
                "긴 oo", "입술을 작고 둥글게 내밀고 ‘우’를 길게 끌어 보세요",
                "long oo", "push your lips into a small circle and hold it, as in “food”")
        case .uh:
            SoundAdvice(
                "짧은 oo", "입술에 힘을 빼고 ‘우’와 ‘으’ 사이로 짧게 말해 보세요",
                "short oo", "relax your lips and keep it short, as in “good”")
        case .ao:
            SoundAdvice(
                "aw", "턱을 내리고 입술을 조금만 둥글려 ‘오’보다 크게 벌려 보세요",
                "aw", "drop your jaw, round your lips a little and keep them still, as in “law”")
        case .ow:
            SoundAdvice(
                "긴 o", "‘오’에서 시작해 입술을 모으며 ‘우’로 끝내 보세요",
                "long o", "begin with oh and close your lips towards oo, as in “go”")
        case .ah:
            SoundAdvice(
                "약한 ‘어’(uh)", "입에 힘을 빼고 조금만 벌려 짧게 말해 보세요",
                "uh", "relax your mouth, open it a little and keep it short, as in “cup”")
        case .aa:
            SoundAdvice(
                "ah", "턱을 크게 내리고 입술을 둥글리지 않은 채 ‘아’라고 말해 보세요",
                "ah", "open your mouth wide without rounding your lips, as in “father”")
        case .er:
            SoundAdvice(
                "er", "혀를 뒤로 말아 올린 채 ‘어’를 끝까지 끌어 보세요",
                "er", "curl the tongue back and hold it there to the end, as in “bird”")
        case .ey:
            SoundAdvice(
                "긴 a", "‘에’에서 ‘이’로 미끄러지듯 이어 말해 보세요",
                "long a", "begin with eh and glide into ee, as in “day”")
        case .ay:
            SoundAdvice(
                "긴 i", "‘아’를 길게 말하고 짧은 ‘이’로 이어 보세요",
                "long i", "begin with a long ah and glide into a short ee, as in “my”")
        case .aw:
            SoundAdvice(
                "ow", "‘아’를 크게 말한 뒤 입술을 모아 ‘우’로 끝내 보세요",
                "ow", "begin with a wide ah and round your lips into oo, as in “now”")
        case .oy:
            SoundAdvice(
                "oy", "‘오’를 길게 말하고 짧은 ‘이’로 이어 보세요",
                "oy", "begin with aw and glide into ee, as in “boy”")
        default: preconditionFailure("\(self) is no vowel.")
        }
    }
}
