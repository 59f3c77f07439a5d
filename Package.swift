// swift-tools-version: 6.2
import PackageDescription

let strict: [SwiftSetting] = [.treatAllWarnings(as: .error), .swiftLanguageMode(.v6)]

let package = Package(
    name: "portrun",
    platforms: [.macOS(.v13)],
    products: [.executable(name: "portrun", targets: ["portrun"])],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2")
    ],
    targets: [
        .systemLibrary(
            name: "CSQLite", pkgConfig: "sqlite3",
            providers: [.apt(["libsqlite3-dev"]), .brew(["sqlite"])]),
        .systemLibrary(
            name: "CYAML", pkgConfig: "yaml-0.1",
            providers: [.apt(["libyaml-dev"]), .brew(["libyaml"])]),
        .target(name: "CLaunch", cSettings: [.unsafeFlags(["-Wall", "-Wextra", "-Werror"])]),
        .target(
            name: "PortrunCore", dependencies: ["CYAML", "CLaunch"], swiftSettings: strict),
        .target(
            name: "PortrunRegistry", dependencies: ["PortrunCore", "CSQLite"],
            swiftSettings: strict),
        .executableTarget(
            name: "portrun",
            dependencies: [
                "PortrunCore", "PortrunRegistry",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ], swiftSettings: strict),
        .testTarget(
            name: "PortrunCoreTests", dependencies: ["PortrunCore"], swiftSettings: strict),
        .testTarget(
            name: "PortrunRegistryTests", dependencies: ["PortrunRegistry"], swiftSettings: strict),
        .testTarget(
            name: "CommandLineTests", dependencies: ["portrun"], swiftSettings: strict),
        .executableTarget(
            name: "LaunchProbe", path: "Tests/LaunchProbe",
            cSettings: [.unsafeFlags(["-Wall", "-Wextra", "-Werror"])]),
        .target(
            name: "CHarness", path: "Tests/CHarness",
            cSettings: [.unsafeFlags(["-Wall", "-Wextra", "-Werror"])]),
        .testTarget(
            name: "EndToEndTests", dependencies: ["portrun", "PortrunCore", "LaunchProbe", "CHarness"],
            swiftSettings: strict),
    ]
)
