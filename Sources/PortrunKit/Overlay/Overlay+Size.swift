import PortrunBase

extension Overlay {
    /// What is too large for any program to be started with it.
    struct Excess {
        /// The variable that is too large by itself; nil when it is all of them together.
        let name: String?
        /// Bytes.
        let size: Int
    }

    /// What of `environment` with the overlay is too large; nil when programs can be started.
    ///
    /// What the overlay replaces there counts twice, which is next to nothing.
    func excess(on environment: Environment) -> Excess? {
        // A pointer and a closing NUL.
        let overhead = 9
        var all = 0
        for entry in environment.entries { all += entry.count + overhead }
        for assignment in assignments {
            let size = assignment.name.utf8.count + 1 + assignment.value.text.utf8.count
            if size > EnvironmentLimit.longestEntry { return Excess(name: assignment.name, size: size) }
            all += size + overhead
        }
        for assignment in rawAssignments {
            let size = assignment.name.utf8.count + 1 + assignment.value.count
            if size > EnvironmentLimit.longestEntry { return Excess(name: assignment.name, size: size) }
            all += size + overhead
        }
        return all > EnvironmentLimit.all ? Excess(name: nil, size: all) : nil
    }
}

/// Why nothing can be run or exported.
package enum OverlayError: ReportableError, Equatable {
    /// No program could be started; `file` is the one that says most of it, as the user would name it.
    case tooLarge(variable: String?, size: Int, file: String?, isFollowing: Bool)

    package var message: String {
        switch self {
        case .tooLarge(let variable?, let size, let file, _):
            "\(Self.subject(file)) so much that no program could be started: `\(variable)` would have \(size) bytes, and "
                + "\(EnvironmentLimit.longestEntry) is the most"
        case .tooLarge(nil, let size, let file, _):
            "\(Self.subject(file)) so much that no program could be started: \(size) bytes in all, and "
                + "\(EnvironmentLimit.all) is the most"
        }
    }

    package var hint: String? {
        switch self {
        case .tooLarge(_, _, _, isFollowing: true): "`--no-rewrite` leaves values as they are"
        case .tooLarge(_, _, _, isFollowing: false): "`portrun run --no-discover` reads none of the project's files"
        }
    }

    private static func subject(_ file: String?) -> String { file.map { "`\($0)` sets" } ?? "this checkout sets" }
}
