extension Phone {
    /// What Korean speakers should mind before certain vowels; `nil` where the sound's usual advice is right.
    func advice(beforeVowel next: Phone) -> SoundAdvice? {
        switch (self, next) {
        case (.s, .iy), (.s, .ih):
            SoundAdvice(
                "s", "‘쉬’가 되지 않게 입을 옆으로 벌리고 바람을 가늘게 내보내 보세요",
                "s", "spread your lips and keep the tongue forward, so that it does not turn into sh")
        case (.sh, .iy), (.sh, .ih):
            SoundAdvice(
                "sh", "‘시’보다 입술을 앞으로 더 둥글게 내밀어 보세요",
                "sh", "round your lips forward, so that it does not turn into s")
        case (.w, .uh), (.w, .uw):
            SoundAdvice(
                "w", "입술을 먼저 꼭 모았다가 풀면서 모음으로 넘어가 보세요",
                "w", "round your lips tightly first, then relax them into the vowel")
        case (.y, .iy), (.y, .ih):
            SoundAdvice(
                "y", "모음보다 먼저 혀를 입천장 가까이 올렸다가 내려 보세요",
                "y", "raise the tongue close to the roof of your mouth before the vowel begins")
        default: nil
        }
    }

    /// What to mind at a word's end, where Korean adds 으 or 이 or does not release the sound; `nil` for other sounds.
    var adviceAtEnd: SoundAdvice? {
        switch self {
        case .p, .t, .k:
            SoundAdvice(
                "끝의 \(letter)", "뒤에 ‘으’를 붙이지 말고 바람만 살짝 터뜨리며 끝내 보세요",
                "final \(letter)", "end with a light puff of air and no vowel after it")
        case .b, .d, .g:
            SoundAdvice(
                "끝의 \(letter)", "앞의 모음을 길게 끌고 ‘으’를 붙이지 않은 채 끝내 보세요",
                "final \(letter)", "hold the vowel before it and add no vowel after it")
        case .s:
            SoundAdvice(
                "끝의 s", "뒤에 ‘으’를 붙이지 말고 가는 바람 소리로만 끝내 보세요",
                "final s", "end on a thin stream of air, with no vowel after it")
        case .sh, .ch:
            SoundAdvice(
                "끝의 \(letter)", "뒤에 ‘이’를 붙이지 말고 바람 소리로만 끝내 보세요",
                "final \(letter)", "end on the breath alone, with no vowel after it")
        case .jh, .zh:
            SoundAdvice(
                "끝의 \(letter)", "뒤에 ‘이’를 붙이지 말고 목청을 울리며 짧게 끝내 보세요",
                "final \(letter)", "cut it short while your voice still buzzes, with no vowel after it")
        default: nil
        }
    }

    private var letter: String { consonantAdvice.name.english }
}
