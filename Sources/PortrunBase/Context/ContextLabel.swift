/// A name for people made of an app and an instance: `myapp/feature-auth`.
///
/// In either part letters, digits, `.`, `_` and `-` stay as they are, in any script; every other character, a
/// slash too, becomes `-`. Nothing but the folder `/` has an empty name; it is called `root`.
package struct ContextLabel: Equatable {
    let app: String
    /// Empty outside git.
    let instance: String

    init(app: String, instance: String) {
        self.app = Self.part(app)
        self.instance = instance.isEmpty ? "" : Self.part(instance)
    }

    var text: String { instance.isEmpty ? app : "\(app)/\(instance)" }

    /// One part of a label for `name`.
    package static func part(_ name: String) -> String {
        name.isEmpty ? "root" : String(name.map { isKept($0) ? $0 : "-" })
    }

    private static func isKept(_ character: Character) -> Bool {
        switch character {
        case "a"..."z", "A"..."Z", "0"..."9", ".", "_", "-": true
        default: character.isLetter || (character.isNumber && character.isWholeNumber)
        }
    }
}
