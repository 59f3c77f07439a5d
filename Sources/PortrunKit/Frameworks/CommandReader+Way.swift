import PortrunBase

extension Framework {
    /// By the preload, where there is a node to load it, else by a variable that it has.
    var hidden: FrameworkCall.Route { isNode ? .preload : environment == nil ? .fixed : .variable }
}

extension CommandReader.Way {
    /// The way for the words that tell `framework` its port into `arguments`, the words after its command.
    ///
    /// - Parameter ownsPort: the server has a port of its own, and the one in `PORT` is another's.
    func route(
        _ framework: Framework, _ arguments: ArraySlice<ScriptWord>, ownsPort: Bool
    ) -> FrameworkCall.Route {
        if case .variable = framework.injection { return framework.isNode && ownsPort ? .preload : .none }
        let terminator = arguments.firstIndex { $0.text == "--" }
        var behind: [String] = []
        if case .url = framework.injection { behind = terminator == nil ? ["--"] : [] }
        switch self {
        case .closed: return framework.hidden
        case .line(let end, let before):
            let isBarred = framework.needsFlagsFirst || (terminator != nil && framework.injection.isFlag)
            return isBarred ? framework.hidden : .line(at: end, behind: before + behind)
        case .appended, .inserted:
            let isBarred = framework.needsFlagsFirst || (terminator != nil && framework.injection.isFlag)
            if isBarred { return framework.hidden }
            if case .inserted(let word, let end, let before) = self {
                return .text(word: word, at: end, behind: before + behind)
            }
            guard case .appended(let end, let before) = self else { return framework.hidden }
            return .words(at: end, behind: before + behind)
        case .typed:
            if framework.needsFlagsFirst { return .words(at: arguments.startIndex, behind: []) }
            let end = framework.injection.isFlag ? terminator ?? arguments.endIndex : arguments.endIndex
            return .words(at: end, behind: behind)
        }
    }
}

extension Framework.Injection {
    /// It has to stand before a `--`.
    fileprivate var isFlag: Bool {
        switch self {
        case .flag, .joined, .address, .after, .positional: true
        case .url, .variable: false
        }
    }
}
