extension FFmpeg {
    /// The command's arguments: what may be read, how, how much of it, and what comes out.
    ///
    /// Options stand before what they apply to. ffmpeg knows hundreds of formats, some of which name further files or
    /// addresses; it is told the one format, a list of codecs, and to open files only.
    func arguments(for container: ForeignContainer, _ limits: AudioLimits) -> [String] {
        let general = ["-nostdin", "-hide_banner", "-v", "error", "-timelimit", "\(timeLimitInSeconds)"]
        // The largest piece of memory asked for at once; a minute of 48 kHz sound has a twentieth of that.
        let bounds = ["-max_alloc", "\(256 << 20)"]
        // What cannot be decoded ends the work, where ffmpeg would go on behind it.
        let strictness = ["-xerror"]
        let input = [
            "-threads", "1", "-protocol_whitelist", "file", "-codec_whitelist", Self.codecs.joined(separator: ","),
            "-f", container.demuxer, "-i", "/dev/fd/3",
        ]
        // The first track with sound; pictures and names are left where they are.
        let track = ["-map", "0:a:0", "-map_metadata", "-1", "-t", "\(Self.secondsRead(within: limits))"]
        let output = ["-ac", "1", "-c:a", "pcm_s16le", "-fflags", "+bitexact", "-f", "wav", "pipe:1"]
        return general + bounds + strictness + input + track + output
    }

    /// A second more than is accepted, so that what is too long is seen to be.
    static func secondsRead(within limits: AudioLimits) -> Int {
        Int(min(limits.durationInSeconds, 86_400).rounded(.up)) + 1
    }

    /// What sound comes in on phones and in browsers, by the names of ffmpeg's decoders.
    private static let codecs = [
        "aac", "alac", "amrnb", "amrwb", "flac", "libopencore_amrnb", "libopencore_amrwb", "libopus", "libvorbis",
        "mp3",
        "mp3float", "opus", "pcm_f32be", "pcm_f32le", "pcm_s16be", "pcm_s16le", "pcm_s24be", "pcm_s24le", "vorbis",
    ]
}
