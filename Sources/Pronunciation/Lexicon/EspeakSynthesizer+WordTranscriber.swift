package import Speech

extension EspeakSynthesizer: WordTranscriber {}
