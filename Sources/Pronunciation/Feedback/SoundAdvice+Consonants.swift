extension Phone {
    /// How a consonant is made; for a vowel see ``vowelAdvice``.
    var consonantAdvice: SoundAdvice {
        switch self {
        case .r:
            SoundAdvice(
                "r", "입술을 둥글게 모으고 혀끝이 입천장에 닿지 않게 소리 내 보세요",
                "r", "round your lips and keep the tongue tip away from the roof of your mouth")
        case .l:
            SoundAdvice(
                "l", "혀끝을 윗니 바로 뒤에 붙인 채 소리 내 보세요",
                "l", "press the tongue tip behind your upper teeth and let the voice flow around it")
        case .f:
            SoundAdvice(
                "f", "두 입술을 붙이지 말고 윗니를 아랫입술에 가볍게 대고 바람을 내보내 보세요",
                "f", "rest your upper teeth on your lower lip and blow, without closing your lips as for p")
        case .p:
            SoundAdvice(
                "p", "두 입술을 꼭 붙였다가 바람을 터뜨리며 떼어 보세요",
                "p", "close both lips and let them burst open with a puff of air")
        case .v:
            SoundAdvice(
                "v", "윗니를 아랫입술에 가볍게 대고 목청을 울리며 바람을 내보내 보세요",
                "v", "rest your upper teeth on your lower lip and let your voice buzz through them")
        case .b:
            SoundAdvice(
                "b", "두 입술을 꼭 붙이고 목청을 울리며 떼어 보세요",
                "b", "close both lips and start your voice before you open them")
        case .th:
            SoundAdvice(
                "th", "혀끝을 윗니와 아랫니 사이에 살짝 내밀고 바람을 내보내 보세요",
                "th", "put the tongue tip lightly between your teeth and blow")
        case .dh:
            SoundAdvice(
                "울리는 th", "혀끝을 윗니와 아랫니 사이에 살짝 내밀고 목청을 울려 보세요",
                "voiced th", "put the tongue tip lightly between your teeth and let your voice buzz")
        case .z:
            SoundAdvice(
                "z", "혀끝을 입천장에 붙이지 말고 벌이 윙윙거리듯 목청을 울려 보세요",
                "z", "keep the tongue tip free as for s and buzz like a bee")
        case .jh:
            SoundAdvice(
                "j", "혀를 입천장에 붙였다가 입술을 내밀며 목청을 울려 떼어 보세요",
                "j", "press the tongue to the roof of your mouth and release it with voice, lips pushed out")
        case .zh:
            SoundAdvice(
                "zh", "sh처럼 입술을 내밀고 혀를 붙이지 않은 채 목청을 울려 보세요",
                "zh", "say sh and add your voice, without touching the roof of your mouth")
        default: commonConsonantAdvice
        }
    }

    /// The sounds that Korean has as well, or nearly.
    private var commonConsonantAdvice: SoundAdvice {
        switch self {
        case .s:
            SoundAdvice(
                "s", "혀끝을 윗니 뒤에 가까이 대고 바람을 가늘게 내보내 보세요",
                "s", "bring the tongue tip close behind your teeth and let out a thin stream of air")
        case .sh:
            SoundAdvice(
                "sh", "입술을 둥글게 내밀고 ‘쉬’처럼 바람을 넓게 내보내 보세요",
                "sh", "push your lips out and let out a wide stream of air")
        case .ch:
            SoundAdvice(
                "ch", "혀를 입천장에 붙였다가 입술을 내밀며 바람을 터뜨려 보세요",
                "ch", "press the tongue to the roof of your mouth and burst it open, lips pushed out")
        case .t:
            SoundAdvice(
                "t", "혀끝을 윗잇몸에 붙였다가 바람을 터뜨리며 떼어 보세요",
                "t", "touch the ridge behind your upper teeth and release it with a puff of air")
        case .d:
            SoundAdvice(
                "d", "혀끝을 윗잇몸에 대고 목청을 울리며 떼어 보세요",
                "d", "touch the ridge behind your upper teeth and start your voice before you release it")
        case .k:
            SoundAdvice(
                "k", "혀 뒤쪽을 입천장에 붙였다가 바람을 터뜨리며 떼어 보세요",
                "k", "press the back of the tongue up and release it with a puff of air")
        case .g:
            SoundAdvice(
                "g", "혀 뒤쪽을 입천장에 대고 목청을 울리며 떼어 보세요",
                "g", "press the back of the tongue up and start your voice before you release it")
        case .m:
            SoundAdvice(
                "m", "두 입술을 꼭 붙이고 코로 소리를 내 보세요",
                "m", "close both lips and hum through your nose")
        case .n:
            SoundAdvice(
                "n", "혀끝을 윗잇몸에 붙이고 코로 소리를 내 보세요",
                "n", "press the tongue tip behind your upper teeth and hum through your nose")
        case .ng:
            SoundAdvice(
                "ng", "혀 뒤쪽을 입천장에 붙이고 ‘응’의 받침처럼 코로 울려 보세요",
                "ng", "raise the back of the tongue and hum through your nose, with no g after it")
        case .hh:
            SoundAdvice(
                "h", "목을 열고 거울에 입김을 불듯 숨을 내보내 보세요",
                "h", "open your throat and breathe out as if to fog a mirror")
        case .w:
            SoundAdvice(
                "w", "휘파람을 불듯 입술을 동그랗게 모았다가 재빨리 벌려 보세요",
                "w", "round your lips tightly as if to whistle and open them quickly")
        case .y:
            SoundAdvice(
                "y", "혀를 ‘이’보다 더 높이 올렸다가 다음 모음으로 미끄러지듯 말해 보세요",
                "y", "raise the tongue higher than for ee and glide into the vowel")
        default: preconditionFailure("\(self) is no consonant.")
        }
    }
}
