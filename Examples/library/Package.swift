// swift-tools-version: 6.2
import PackageDescription

let package = Package(
    name: "library",
    platforms: [.macOS(.v13)],
    // In a project of your own: .package(url: "https://github.com/portrun/portrun", from: "0.1.0")
    dependencies: [.package(name: "portrun", path: "../..")],
    targets: [
        .executableTarget(name: "library", dependencies: [.product(name: "PortrunKit", package: "portrun")])
    ]
)
