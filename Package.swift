// swift-tools-version: 6.3
import PackageDescription

/// Settings of every Swift target of ours: strict concurrency comes with language mode 6.
let strict: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .treatAllWarnings(as: .error),
  // Checked in debug builds and tests; in hot loops of a release it costs a tenth of the time.
  .unsafeFlags(["-enforce-exclusivity=unchecked"], .when(configuration: .release)),
]
let hummingbird = Target.Dependency.product(name: "Hummingbird", package: "hummingbird")
let grdb = Target.Dependency.product(name: "GRDB", package: "GRDB.swift")
let sqlite = Target.Dependency.product(name: "GRDBSQLite", package: "GRDB.swift")
let logging = Target.Dependency.product(name: "Logging", package: "swift-log")

let package = Package(
  name: "huice",
  products: [
    .executable(name: "huice", targets: ["huice"])
  ],
  dependencies: [
    .package(url: "https://github.com/groue/GRDB.swift", exact: "7.10.0"),
    .package(url: "https://github.com/hummingbird-project/hummingbird", exact: "2.28.1"),
    .package(url: "https://github.com/hummingbird-project/swift-mustache", exact: "2.1.1"),
    .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
    .package(url: "https://github.com/apple/swift-log", exact: "1.16.2"),
    .package(url: "https://github.com/apple/swift-nio", exact: "2.101.2"),
    .package(url: "https://github.com/apple/swift-nio-extras", exact: "1.35.2"),
    .package(url: "https://github.com/apple/swift-http-types", exact: "1.8.0"),
    .package(url: "https://github.com/swift-server/swift-service-lifecycle", exact: "2.13.0"),
  ],
  targets: [
    // Borrowed parts, behind C functions that show none of their types.
    .target(
      name: "CICU",
      linkerSettings: [.linkedLibrary("icuuc"), .linkedLibrary("icui18n")]),
    .systemLibrary(
      name: "CLibXML2", pkgConfig: "libxml-2.0", providers: [.apt(["libxml2-dev"])]),
    .systemLibrary(
      name: "CXLSX", pkgConfig: "xlsxwriter", providers: [.apt(["libxlsxwriter-dev"])]),
    .systemLibrary(name: "CLibZip", pkgConfig: "libzip", providers: [.apt(["libzip-dev"])]),
    .systemLibrary(
      name: "CPoppler", pkgConfig: "poppler-glib", providers: [.apt(["libpoppler-glib-dev"])]),
    .systemLibrary(
      name: "CQR", pkgConfig: "libqrencode", providers: [.apt(["libqrencode-dev"])]),
    .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
    .target(name: "CHTML", dependencies: ["CLibXML2"]),
    .target(name: "CXML", dependencies: ["CLibXML2"]),
    .target(name: "CZIP", dependencies: ["CLibZip"]),
    .target(name: "CSandbox"),
    .target(name: "CPDF", dependencies: ["CPoppler", "CSandbox"]),
    .target(name: "CDigest", linkerSettings: [.linkedLibrary("md")]),
    // Text files that travel inside the program: vocabularies, page templates, style sheet.
    .target(name: "EmbeddedFiles"),

    // The way of a notice, in order.
    .target(
      name: "PolicyText", dependencies: ["EmbeddedFiles", "CDigest"], swiftSettings: strict),
    .target(
      name: "DocumentReader",
      dependencies: ["PolicyText", "CICU", "CHTML", "CXML", "CZIP", "CSandbox", "CPDF"],
      swiftSettings: strict),
    .target(
      name: "Segmenter", dependencies: ["PolicyText", "CICU"], swiftSettings: strict),
    .target(
      name: "PolicyParser", dependencies: ["PolicyText"], swiftSettings: strict),
    .target(
      name: "PolicyVocabulary", dependencies: ["PolicyText"], swiftSettings: strict),
    .target(
      name: "PolicyReading", dependencies: ["PolicyText", "PolicyVocabulary"],
      swiftSettings: strict),
    .target(
      name: "PolicyInterpreter", dependencies: ["PolicyText", "PolicyParser"], swiftSettings: strict
    ),
    .target(
      name: "Indexer",
      dependencies: [
        "PolicyText", "DocumentReader", "Segmenter", "PolicyParser", "PolicyInterpreter", grdb,
        sqlite,
      ],
      swiftSettings: strict),
    .target(
      name: "Consultation",
      dependencies: ["PolicyText", "Segmenter", "PolicyParser", "PolicyInterpreter", "Indexer"],
      swiftSettings: strict),
    .target(
      name: "PolicyExchange",
      dependencies: [
        "PolicyText", "DocumentReader", "PolicyParser", "PolicyInterpreter", "Indexer",
        "Consultation", "CXLSX",
        "CZIP",
      ],
      swiftSettings: strict),
    .target(
      name: "SearchServer",
      dependencies: [
        "PolicyText", "PolicyParser", "PolicyInterpreter", "PolicyExchange", "Indexer",
        "Consultation", "CQR", "CZlib", hummingbird, logging,
        .product(name: "Mustache", package: "swift-mustache"),
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "NIOHTTP1", package: "swift-nio"),
        .product(name: "NIOPosix", package: "swift-nio"),
        .product(name: "NIOHTTPTypesHTTP1", package: "swift-nio-extras"),
        .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
        .product(name: "UnixSignals", package: "swift-service-lifecycle"),
        .product(name: "HTTPTypes", package: "swift-http-types"),
      ],
      swiftSettings: strict),
    .executableTarget(
      name: "huice",
      dependencies: [
        "PolicyText", "DocumentReader", "Segmenter", "PolicyParser", "PolicyInterpreter",
        "PolicyExchange", "Indexer", "Consultation", "SearchServer", logging,
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: strict),

    // Counts instructions (Benchmarks/README.md).
    .executableTarget(
      name: "measure",
      dependencies: [
        "PolicyText", "DocumentReader", "Segmenter", "PolicyParser", "PolicyInterpreter",
        "PolicyExchange", "Indexer",
      ],
      path: "Benchmarks/Measure", swiftSettings: strict),

    // Reads single passages with the new reader, for measuring it (Benchmarks/READING.md).
    .executableTarget(
      name: "reading-probe",
      dependencies: ["PolicyText", "PolicyParser", "PolicyVocabulary", "PolicyReading"],
      path: "Benchmarks/ReadingProbe", swiftSettings: strict),

    // Tests.
    .target(
      name: "TestSupport", dependencies: ["PolicyText", "PolicyParser"], path: "Tests/TestSupport",
      swiftSettings: strict),
    .testTarget(
      name: "PolicyTextTests", dependencies: ["PolicyText", "TestSupport"], swiftSettings: strict),
    .testTarget(
      name: "SegmenterTests", dependencies: ["PolicyText", "Segmenter", "TestSupport"],
      swiftSettings: strict),
    .testTarget(
      name: "DocumentReaderTests", dependencies: ["PolicyText", "DocumentReader"],
      swiftSettings: strict),
    .testTarget(
      name: "PolicyParserTests",
      dependencies: ["PolicyText", "DocumentReader", "PolicyParser", "TestSupport"],
      exclude: ["Golden"], swiftSettings: strict),
    .testTarget(
      name: "PolicyVocabularyTests", dependencies: ["PolicyText", "PolicyVocabulary"],
      swiftSettings: strict),
    .testTarget(
      name: "PolicyReadingTests",
      dependencies: ["PolicyText", "PolicyVocabulary", "PolicyReading"],
      exclude: ["Examples"], swiftSettings: strict),
    .testTarget(
      name: "PolicyInterpreterTests",
      dependencies: [
        "PolicyText", "DocumentReader", "PolicyParser", "PolicyInterpreter", "TestSupport",
      ],
      exclude: ["Vectors", "Golden"], swiftSettings: strict),
    .testTarget(
      name: "IndexerTests",
      dependencies: ["PolicyText", "PolicyParser", "Segmenter", "Indexer", "TestSupport", grdb],
      swiftSettings: strict),
    .testTarget(
      name: "SearchServerTests",
      dependencies: [
        "PolicyText", "PolicyParser", "Indexer", "SearchServer", "TestSupport", hummingbird,
        logging,
        .product(name: "NIOEmbedded", package: "swift-nio"),
      ],
      swiftSettings: strict),
  ],
  swiftLanguageModes: [.v6],
  cLanguageStandard: .gnu2x
)

// What libFuzzer runs; only `scripts/fuzz-readers` builds it.
if Context.environment["HUICE_FUZZ"] != nil {
  package.targets += [
    .target(
      name: "ReaderFuzz",
      dependencies: [
        "PolicyText", "DocumentReader", "CZIP", "Segmenter", "PolicyParser", "PolicyInterpreter",
        "Indexer", "Consultation", "SearchServer",
      ],
      path: "Fuzz/ReaderFuzz", swiftSettings: strict),
    .executableTarget(
      name: "fuzz-readers", dependencies: ["ReaderFuzz"], path: "Fuzz/fuzz-readers"),
  ]
}
