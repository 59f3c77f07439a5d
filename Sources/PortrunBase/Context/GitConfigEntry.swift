/// One variable of a git configuration file.
struct GitConfigEntry: Equatable {
    /// In lower case.
    let section: String
    /// As it is written: `origin` of `[remote "origin"]`.
    let subsection: String?
    /// In lower case.
    let name: String
    /// Nil for a variable without `=`, which git takes for true where it wants a Boolean.
    let value: String?
    /// Whether it is in the repository's own configuration, or in a file which that includes.
    var isLocal = false

    func isNamed(_ section: String, _ name: String) -> Bool {
        self.section == section && subsection == nil && self.name == name
    }

    /// The value as git reads a Boolean; nil for what it would refuse.
    var boolean: Bool? { value.map(Self.boolean(of:)) ?? true }

    static func boolean(of text: String) -> Bool? {
        switch text.lowercased() {
        case "true", "yes", "on": true
        case "false", "no", "off", "": false
        case let number: Int(number).map { $0 != 0 }
        }
    }
}
