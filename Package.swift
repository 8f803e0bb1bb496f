// swift-tools-version: 6.2

import PackageDescription

/// What every target of ours is compiled with: the Swift 6 language mode is the tools version's default.
let strict: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .treatAllWarnings(as: .error),
]

/// Signal processing is hundreds of times slower unoptimised, so these targets are optimised in debug builds too.
let optimised: [SwiftSetting] = strict + [.unsafeFlags(["-O"], .when(configuration: .debug))]

let package = Package(
    name: "speaktracker",
    platforms: [.macOS(.v15)],
    products: [
        .executable(name: "speaktracker", targets: ["speaktracker"])
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-collections", from: "1.6.0"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
        .package(url: "https://github.com/apple/swift-nio-extras", from: "1.35.2"),
        .package(url: "https://github.com/swift-server/async-http-client", from: "1.37.0"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1", traits: []),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
    ],
    targets: [
        // System libraries: a module map and a shim, nothing else.
        .systemLibrary(name: "CLinux"),
        .systemLibrary(name: "CEspeakNG", pkgConfig: "espeak-ng", providers: [.apt(["libespeak-ng-dev"])]),
        .systemLibrary(name: "CSndfile", pkgConfig: "sndfile", providers: [.apt(["libsndfile1-dev"])]),
        .systemLibrary(name: "CFFTW", pkgConfig: "fftw3f", providers: [.apt(["libfftw3-dev"])]),
        .systemLibrary(name: "CSampleRate", pkgConfig: "samplerate", providers: [.apt(["libsamplerate0-dev"])]),

        // The scorer's inner loops, compiled for each kind of processor.
        .target(name: "CInnerLoops", cSettings: [.unsafeFlags(["-O3", "-ffp-contract=on"])]),

        // The scorer's weights, compiled in.
        .target(
            name: "CScoringWeights", exclude: ["weights.json"],
            cSettings: [.unsafeFlags(["-Wno-c23-extensions"])]
        ),

        // Values and rules: no input, no output.
        .target(name: "JSON", swiftSettings: strict),
        .target(name: "SpeakModel", dependencies: ["JSON"], swiftSettings: strict),
        .target(name: "Queueing", dependencies: ["SpeakModel"], swiftSettings: strict),
        .target(name: "Documents", dependencies: ["JSON", "SpeakModel", "Queueing"], swiftSettings: strict),
        .target(
            name: "Objects", dependencies: ["SpeakModel", .product(name: "Crypto", package: "swift-crypto")],
            swiftSettings: optimised),
        .target(
            name: "Telemetry", dependencies: ["JSON", .product(name: "Logging", package: "swift-log")],
            swiftSettings: strict),
        .target(name: "XML", swiftSettings: strict),
        .target(
            name: "Signing", dependencies: [.product(name: "Crypto", package: "swift-crypto")],
            swiftSettings: strict),

        // Programs that are started.
        .target(name: "Processes", dependencies: ["CLinux"], swiftSettings: strict),

        // Sound.
        .target(
            name: "Acoustics",
            dependencies: ["CInnerLoops", "CLinux", "CSndfile", "CFFTW", "CSampleRate", "Processes"],
            swiftSettings: optimised),
        .target(name: "Speech", dependencies: ["Acoustics", "CEspeakNG", "JSON"], swiftSettings: optimised),
        .target(
            name: "Pronunciation", dependencies: ["Acoustics", "CInnerLoops", "CScoringWeights", "JSON", "Speech"],
            swiftSettings: optimised
        ),

        // What people and programs are shown of it: text in, text out.
        .target(name: "Reports", dependencies: ["Acoustics", "JSON", "Pronunciation"], swiftSettings: optimised),

        // Stores.
        .target(
            name: "EmbeddedBackend",
            dependencies: [
                "CLinux", "JSON", "SpeakModel", "Queueing", "Documents", "Objects", "Telemetry",
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "DequeModule", package: "swift-collections"),
                .product(name: "GRDB", package: "GRDB.swift"),
                .product(name: "GRDBSQLite", package: "GRDB.swift"),
            ],
            swiftSettings: strict
        ),

        .target(
            name: "AWSBackend",
            dependencies: [
                "JSON", "SpeakModel", "Queueing", "Documents", "Objects", "Signing", "Telemetry", "XML",
                .product(name: "AsyncHTTPClient", package: "async-http-client"),
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
            ],
            swiftSettings: strict
        ),

        // The wire: what AWS SDKs speak, over any backend.
        .target(
            name: "Gateway",
            dependencies: [
                "JSON", "SpeakModel", "Queueing", "Documents", "Objects", "Signing", "Telemetry", "XML",
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "HummingbirdCore", package: "hummingbird"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOHTTPTypes", package: "swift-nio-extras"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
            ],
            swiftSettings: strict
        ),

        // Collections of recordings, and the results of scoring them.
        .target(
            name: "Archives",
            dependencies: [
                "Acoustics", "Documents", "JSON", "Objects", "Pronunciation", "Reports", "SpeakModel",
                .product(name: "Crypto", package: "swift-crypto"),
            ],
            swiftSettings: strict
        ),

        // Work.
        .target(
            name: "Workers",
            dependencies: [
                "Archives", "JSON", "SpeakModel", "Queueing", "Documents", "Objects", "Acoustics", "Speech",
                "Pronunciation",
                "Reports", "Signing", "Telemetry",
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
            ],
            swiftSettings: strict
        ),
        .target(
            name: "Supervision",
            dependencies: [
                "JSON", "Processes", "SpeakModel", "Telemetry", "Workers",
                .product(name: "Logging", package: "swift-log"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
            ],
            swiftSettings: strict
        ),
        .executableTarget(
            name: "speaktracker",
            dependencies: [
                "Archives", "JSON", "SpeakModel", "Queueing", "Documents", "Objects", "Acoustics", "Speech",
                "Processes", "Pronunciation", "Reports", "EmbeddedBackend", "AWSBackend", "Gateway", "Telemetry",
                "Workers", "Supervision",
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
                .product(name: "UnixSignals", package: "swift-service-lifecycle"),
            ],
            swiftSettings: strict,
            // With Swift's libraries inside, a server that waits takes a third less memory, and starts sooner.
            linkerSettings: [
                .unsafeFlags(
                    [
                        "-static-stdlib", "-lCoreFoundation", "-l_FoundationICU", "-l_FoundationCShims",
                        "-l_FoundationCollections",
                    ],
                    .when(platforms: [.linux], configuration: .release))
            ]
        ),

        // Measurements, not shipped: `swift run -c release Benchmarks queue`. A package of its own could not use our
        // modules, whose everyday access is `package`.
        .executableTarget(
            name: "Benchmarks",
            dependencies: [
                "Acoustics", "CEspeakNG", "CSampleRate", "CSndfile", "Documents", "EmbeddedBackend", "JSON", "Objects",
                "Pronunciation", "Queueing", "SpeakModel", "Speech", "Workers",
            ],
            path: "Benchmarks/Sources",
            swiftSettings: strict
        ),

        // Inputs for the wire's parsers, not shipped: `scripts/fuzz`.
        .executableTarget(
            name: "Fuzzing",
            dependencies: [
                "Documents", "Gateway", "JSON", "Queueing", "SpeakModel",
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "Logging", package: "swift-log"),
            ],
            path: "Fuzzing/Sources",
            swiftSettings: strict
        ),

        // What makes the scorer's weights, not shipped: Training/README.md.
        .executableTarget(
            name: "Training", dependencies: ["Acoustics", "JSON", "Pronunciation", "Speech"], path: "Training/Sources",
            swiftSettings: strict
        ),

        // Tests: a folder per module, and one suite that every backend must pass.
        .target(
            name: "TestSupport", dependencies: ["Processes", "SpeakModel"], path: "Tests/TestSupport",
            swiftSettings: optimised),
        .testTarget(name: "JSONTests", dependencies: ["JSON"], swiftSettings: strict),
        .testTarget(name: "XMLTests", dependencies: ["XML"], swiftSettings: strict),
        .testTarget(
            name: "TelemetryTests",
            dependencies: ["JSON", "Telemetry", .product(name: "Logging", package: "swift-log")],
            swiftSettings: strict),
        .testTarget(name: "SpeakModelTests", dependencies: ["JSON", "SpeakModel"], swiftSettings: strict),
        .testTarget(name: "QueueingTests", dependencies: ["Queueing", "SpeakModel"], swiftSettings: strict),
        .testTarget(
            name: "GatewayTests",
            dependencies: [
                "TestSupport", "Gateway", "Signing", "SpeakModel", "XML",
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOEmbedded", package: "swift-nio"),
                .product(name: "NIOHTTPTypes", package: "swift-nio-extras"),
            ],
            swiftSettings: strict),
        .testTarget(
            name: "DocumentsTests", dependencies: ["TestSupport", "Documents", "JSON", "SpeakModel"],
            swiftSettings: strict),
        .testTarget(
            name: "ObjectsTests", dependencies: ["TestSupport", "Objects", "SpeakModel"], swiftSettings: strict),
        .testTarget(
            name: "AcousticsTests", dependencies: ["TestSupport", "Acoustics", "CInnerLoops"], swiftSettings: optimised),
        .testTarget(
            name: "SpeechTests", dependencies: ["TestSupport", "Acoustics", "JSON", "Speech"], swiftSettings: optimised),
        .testTarget(
            name: "PronunciationTests",
            dependencies: ["TestSupport", "Acoustics", "CInnerLoops", "Pronunciation", "Speech"],
            swiftSettings: optimised
        ),
        .testTarget(
            name: "ReportsTests",
            dependencies: ["Acoustics", "JSON", "Pronunciation", "Reports"], swiftSettings: optimised),
        .testTarget(
            name: "ArchivesTests",
            dependencies: ["TestSupport", "Archives", "JSON", "Objects", "Pronunciation", "SpeakModel"],
            swiftSettings: strict),
        .testTarget(
            name: "BackendConformanceTests",
            dependencies: [
                "TestSupport", "AWSBackend", "EmbeddedBackend", "Gateway", "JSON", "Processes", "SpeakModel",
                "Queueing", "Documents", "Objects",
                .product(name: "AsyncHTTPClient", package: "async-http-client"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
            ],
            swiftSettings: strict
        ),
        .testTarget(
            name: "AWSBackendTests",
            dependencies: [
                "TestSupport", "AWSBackend", "JSON", "SpeakModel", "Queueing", "Documents", "Objects", "Telemetry",
                .product(name: "AsyncHTTPClient", package: "async-http-client"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
            ],
            swiftSettings: strict
        ),
        .testTarget(
            name: "EmbeddedBackendTests",
            dependencies: [
                "TestSupport", "EmbeddedBackend", "JSON", "SpeakModel", "Queueing", "Documents", "Objects",
                .product(name: "GRDB", package: "GRDB.swift"),
            ],
            swiftSettings: strict
        ),
        .testTarget(
            name: "SupervisionTests",
            dependencies: [
                "JSON", "Processes", "SpeakModel", "Supervision", "Telemetry", "Workers",
                .product(name: "Logging", package: "swift-log"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
            ],
            swiftSettings: strict
        ),
        .testTarget(
            name: "WorkersTests",
            dependencies: [
                "TestSupport",
                "Archives", "Workers", "EmbeddedBackend", "JSON", "SpeakModel", "Queueing", "Documents", "Objects",
                "Acoustics",
                "Speech",
                "Pronunciation", "Telemetry",
                .product(name: "Logging", package: "swift-log"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
            ],
            swiftSettings: strict
        ),
    ]
)
