import PortrunBase

/// `COMPOSE_FILE` for files that are to be loaded, and `COMPOSE_PATH_SEPARATOR`, which stands between them.
///
/// The separator is always told, for an `.env` file of the project may name another.
package struct ComposeFileList: Sendable, Equatable {
    package let text: String
    package let separator: String

    package static let variable = "COMPOSE_FILE"
    package static let separatorVariable = "COMPOSE_PATH_SEPARATOR"

    /// - Parameters:
    ///   - files: absolute, in the order of loading; never empty.
    ///   - environment: the user's, whose separator is kept when it occurs in no path.
    /// - Returns: nil when a file is standard input, which a shell has no second time, or every separator occurs.
    package init?(_ files: [String], environment: Environment) {
        let wishes = [environment[Self.separatorVariable] ?? "", ":", ";", ",", "|"]
        let separator = wishes.first { wish in
            wish.unicodeScalars.count == 1
                && files.allSatisfy { file in !file.unicodeScalars.contains { $0 == wish.unicodeScalars.first } }
        }
        guard let separator, !files.contains("-") else { return nil }
        self.separator = separator
        var text = ""
        for file in files { text += (text.isEmpty ? "" : separator) + file }
        self.text = text
    }
}
