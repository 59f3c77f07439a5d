import PortrunBase

extension FileOwner {
    package static let example = FileOwner(context: "0123456789ab", folder: "/p")
}
