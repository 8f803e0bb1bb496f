// SpeakModel
