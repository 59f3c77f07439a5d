import PortrunBase

/// The options in a command line of a tool that reads them with getopt_long(3).
struct ToolOptions {
    private var letters: Set<Character> = []
    private var names: [String] = []
    /// Where each word stands that is neither an option nor its value.
    private(set) var rest: [Int] = []

    /// - Parameters:
    ///   - withValue: the letters of options that have one.
    ///   - namesWithValue: the long names of such.
    init(_ arguments: [String], withValue: String, namesWithValue: [String] = []) {
        var index = 0
        while index < arguments.count {
            let argument = arguments[index]
            if argument.hasPrefix("--") {
                let (name, value) = String(argument.dropFirst(2)).parts(at: "=")
                names.append(name)
                if value == nil, namesWithValue.contains(name) { index += 1 }
            } else if argument.hasPrefix("-"), argument.count > 1 {
                let cluster = argument.dropFirst()
                let end = cluster.firstIndex(where: withValue.contains)
                letters.formUnion(cluster[..<(end.map { cluster.index(after: $0) } ?? cluster.endIndex)])
                if let end, cluster.index(after: end) == cluster.endIndex { index += 1 }
            } else {
                rest.append(index)
            }
            index += 1
        }
    }

    func has(_ letter: Character?, _ name: String) -> Bool {
        letter.map(letters.contains) ?? false || names.contains(name)
    }
}
