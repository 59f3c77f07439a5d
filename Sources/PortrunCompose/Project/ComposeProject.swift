import PortrunBase

/// A compose project as its files declare it.
package struct ComposeProject: Sendable {
    /// The name that compose itself would choose; nil when it would refuse for want of one.
    package var name: String?
    /// The value of the last top-level `name:`, interpolated and made valid.
    package var explicitName: String?
    /// The folder that relative paths in the files start from; absolute.
    package var directory: String
    /// The files of the command line, the environment or the folder, absolute, in the order of loading.
    ///
    /// `-` is standard input. What they include or extend is not among them.
    package var files: [String]
    /// In the order of the files, those of inactive profiles too.
    package var services: [ComposeService]
    package var ports: [DeclaredPort]
    package var warnings: [Warning]
    /// All files merged and interpolated, for whoever wants to know more than is asked at every launch.
    let document: YAMLNode
    /// The absolute paths of the files that were opened, by the number that locations in `document` have for them.
    package let sources: [String]
    let variables: VariableUses
    /// What names without a value take theirs from.
    let environment: ComposeEnvironment

    /// The name that compose gives a project which lies in `folder`; empty where nothing is left of the folder's.
    package static func name(ofFolder folder: String) -> String {
        normalized(Path.lastName(folder))
    }

    /// True for a name that a project may be demanded by; a bare number behind `-p` is a port.
    package static func isName(_ text: String) -> Bool {
        !text.isEmpty && normalized(text) == text && !text.utf8.allSatisfy { $0 <= UInt8(ascii: "9") }
    }

    /// `text` in lower case, without what compose does not allow in a name; may end up empty.
    static func normalized(_ text: String) -> String {
        let allowed = text.lowercased().utf8.filter {
            (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0)
                || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0)
                || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "_")
        }
        return String(
            decoding: allowed.drop { $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "_") }, as: UTF8.self)
    }

    /// The first place where `variable` decides something other than published ports and URLs of the host side.
    ///
    /// Compose must not be given another value of such a variable: it would break the stack. nil when there is none.
    package func insideUse(of variable: String) -> VariableUse? { variables.insideUse(of: variable) }
}

/// A service of a compose project.
package struct ComposeService: Sendable, Equatable {
    package var name: String
    package var image: String?
    package var containerName: String?
    package var networkMode: String?
    /// `deploy.replicas`, else `scale`, else 1.
    package var replicas: Int
    /// False when the service belongs to profiles and none of them is selected.
    package var isActive: Bool
    package var kind: ServiceKind
}
