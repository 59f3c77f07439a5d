// swift-tools-version: 6.2
import PackageDescription

let strict: [SwiftSetting] = [.treatAllWarnings(as: .error), .swiftLanguageMode(.v6)]
// No unsafe flags: with them, no package could depend on the library by a version.
let strictC: [CSetting] = [.enableWarning("all"), .enableWarning("extra"), .treatAllWarnings(as: .error)]

// Which build this is, as scripts/build-release.sh tells: for `--version`, and for one small file.
let told = ["PORTRUN_COMMIT", "PORTRUN_BUILD"].compactMap { name in
    Context.environment[name].map { CSetting.define(name, to: "\"\($0)\"") }
}

// A module may use those that stand above it, as far as it names them here; the compiler sees to it.
let package = Package(
    name: "portrun",
    platforms: [.macOS(.v14)],
    products: [
        .executable(name: "portrun", targets: ["portrun"]),
        .executable(name: "portrund", targets: ["portrund"]),
        .library(name: "PortrunKit", targets: ["PortrunKit"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.0", traits: []),
        .package(url: "https://github.com/apple/swift-nio", from: "2.80.0"),
        .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0", traits: []),
        .package(url: "https://github.com/apple/swift-nio-extras", from: "1.34.1"),
        .package(url: "https://github.com/apple/swift-log", from: "1.6.0"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.6.0"),
    ],
    targets: [
        .systemLibrary(
            name: "CSQLite", pkgConfig: "sqlite3",
            providers: [.apt(["libsqlite3-dev"]), .brew(["sqlite"])]),
        .systemLibrary(
            name: "CYAML", pkgConfig: "yaml-0.1",
            providers: [.apt(["libyaml-dev"]), .brew(["libyaml"])]),
        .target(name: "CBuild", cSettings: strictC + told),
        .target(name: "CProcess", cSettings: strictC),
        .target(name: "CLaunch", dependencies: ["CProcess"], cSettings: strictC),
        .target(name: "PortrunBase", dependencies: ["CProcess"], swiftSettings: strict),
        .target(name: "PortrunCompose", dependencies: ["PortrunBase", "CYAML"], swiftSettings: strict),
        .target(name: "PortrunRegistry", dependencies: ["PortrunBase", "CSQLite"], swiftSettings: strict),
        .target(name: "PortrunLaunch", dependencies: ["PortrunBase", "CLaunch"], swiftSettings: strict),
        .target(
            name: "PortrunKit",
            dependencies: ["CBuild", "PortrunBase", "PortrunCompose", "PortrunRegistry", "PortrunLaunch"],
            swiftSettings: strict),
        .target(name: "PortrunMCP", dependencies: ["PortrunKit", "PortrunRegistry"], swiftSettings: strict),
        .executableTarget(
            name: "portrun",
            dependencies: [
                "PortrunKit", "PortrunMCP", .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            swiftSettings: strict),
        .target(
            name: "PortrunDaemon",
            dependencies: [
                "PortrunKit", "PortrunRegistry",
                .product(name: "HummingbirdCore", package: "hummingbird"),
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOExtras", package: "swift-nio-extras"),
                .product(name: "NIOHTTPTypesHTTP1", package: "swift-nio-extras"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
            ],
            swiftSettings: strict),
        .executableTarget(
            name: "portrund",
            dependencies: ["PortrunBase", "PortrunDaemon", .product(name: "Logging", package: "swift-log")],
            swiftSettings: strict),
        .target(name: "TestSupport", dependencies: ["PortrunBase"], path: "Tests/TestSupport", swiftSettings: strict),
        .testTarget(
            name: "PortrunBaseTests", dependencies: ["PortrunBase", "TestSupport"], swiftSettings: strict),
        .testTarget(
            name: "PortrunComposeTests", dependencies: ["PortrunCompose", "TestSupport"], swiftSettings: strict),
        .testTarget(
            name: "PortrunRegistryTests", dependencies: ["PortrunRegistry", "TestSupport"], swiftSettings: strict),
        .executableTarget(
            name: "Translated", dependencies: ["PortrunLaunch"], path: "Tests/Translated", swiftSettings: strict),
        .testTarget(
            name: "PortrunLaunchTests", dependencies: ["PortrunLaunch"], swiftSettings: strict),
        .testTarget(
            name: "PortrunKitTests", dependencies: ["PortrunKit", "TestSupport"], swiftSettings: strict),
        .testTarget(
            name: "PortrunMCPTests", dependencies: ["PortrunMCP", "TestSupport"], swiftSettings: strict),
        .testTarget(
            name: "PortrunDaemonTests", dependencies: ["PortrunDaemon", "TestSupport"], swiftSettings: strict),
        .testTarget(
            name: "CommandLineTests", dependencies: ["portrun"], swiftSettings: strict),
        .executableTarget(name: "LaunchProbe", path: "Tests/LaunchProbe", cSettings: strictC),
        .target(name: "CHarness", path: "Tests/CHarness", cSettings: strictC),
        .testTarget(
            name: "EndToEndTests",
            dependencies: [
                "portrun", "portrund", "PortrunKit", "LaunchProbe", "Translated", "CHarness", "TestSupport",
            ],
            swiftSettings: strict),
    ]
)
