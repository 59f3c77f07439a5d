/// An error that a user can be told about.
///
/// `message` is a lower-case clause without a final period; `hint` says what to do next. What the user typed stands
/// in backticks. They are printed in one place, as `portrun: error: …` and `portrun: hint: …`.
package protocol ReportableError: Error {
    var message: String { get }
    var hint: String? { get }
    /// 125 for portrun's own failure, 64 for usage, 1 for a clean «no», 126 and 127 for a command.
    var exitStatus: Int32 { get }
}

extension ReportableError {
    package var hint: String? { nil }
    package var exitStatus: Int32 { 125 }
}

/// Something that a user should know although the work goes on; printed as `portrun: warning: …`.
package struct Warning: Sendable, Equatable {
    /// The file it is about, as the user would name it, and the line counted from 1.
    package var file: String?
    package var line: Int?
    package var message: String
    /// It says which variable of the project's is not set, or keeps its value, for what its name may mean to programs.
    package var isRefusal = false

    package init(file: String? = nil, line: Int? = nil, _ message: String) {
        self.file = file
        self.line = line
        self.message = message
    }

    /// Those of `warnings` about one thing that somebody can be expected to read, and one that counts the others.
    package static func first(of warnings: [Warning]) -> [Warning] {
        let limit = 20
        guard warnings.count > limit else { return warnings }
        let rest = warnings[limit...]
        var last = Warning("and \(rest.count) more of that kind\(places(of: rest))")
        last.isRefusal = warnings[0].isRefusal
        return warnings[..<limit] + [last]
    }

    /// Where they are: the first and the last line in each file, of as many files as can be read.
    private static func places(of warnings: ArraySlice<Warning>) -> String {
        var places: [(file: String, lines: [Int])] = []
        for warning in warnings {
            guard let file = warning.file else { continue }
            if places.last?.file != file { places.append((file, [])) }
            if let line = warning.line { places[places.count - 1].lines.append(line) }
        }
        let limit = 5
        let texts = places.prefix(limit).map { place in
            guard let first = place.lines.min(), let last = place.lines.max() else { return place.file }
            return "\(place.file):\(first)" + (first == last ? "" : "-\(last)")
        }
        guard !texts.isEmpty else { return "" }
        return ": " + texts.joined(separator: ", ") + (places.count > limit ? " …" : "")
    }

    /// `file:line: message`, as far as known.
    package var text: String {
        [file, line.map(String.init), " " + message].compactMap { $0 }.joined(separator: ":").trimmedStart
    }
}

extension String {
    fileprivate var trimmedStart: String { String(drop { $0 == " " }) }
}
