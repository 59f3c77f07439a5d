import PortrunBase

/// The kinds of things that a checkout gets its own copy of, although the project's files name them for all checkouts.
package struct Isolation: OptionSet, Sendable {
    package let rawValue: Int

    package init(rawValue: Int) { self.rawValue = rawValue }

    /// Not `[]`, whose generic code would take a twentieth of a launch to set up.
    package static var nothing: Isolation { Isolation(rawValue: 0) }
    package static let volumes = Isolation(rawValue: 1)
    package static let networks = Isolation(rawValue: 2)
    package static let images = Isolation(rawValue: 4)

    /// What every checkout gets of its own: two databases in one folder would ruin it, and an image has the code of
    /// whoever built it last.
    package static var usual: Isolation { Isolation(rawValue: volumes.rawValue | images.rawValue) }

    private static let names: [(name: String, value: Isolation)] = [
        ("volumes", .volumes), ("networks", .networks), ("images", .images),
    ]

    /// `volumes`, `networks`, `images`, or several of them with commas between; nil for anything else.
    package init?(_ text: String) {
        self = .nothing
        for word in text.split(separator: ",", omittingEmptySubsequences: false) {
            guard let value = Self.names.first(where: { $0.name == word })?.value else { return nil }
            formUnion(value)
        }
    }

    /// The words that make it, as `init(_:)` reads them; empty for nothing.
    package var description: String {
        var text = ""
        for (name, value) in Self.names where contains(value) { text += (text.isEmpty ? "" : ",") + name }
        return text
    }
}
