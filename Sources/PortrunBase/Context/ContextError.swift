/// Why no context can be told.
package enum ContextError: ReportableError, Equatable {
    /// `--context` and `--app` or `--instance` name the context twice.
    case namedTwice(name: String)
    /// The value given for `option` cannot name a context.
    case invalidName(option: String, name: String, problem: ContextName.Problem)
    /// The working directory is gone or cannot be reached.
    case unreachable(path: String)
    /// Something is to be booked in the context of the machine's names.
    case machine

    package var message: String {
        switch self {
        case .namedTwice(let name): "`--context \(name)` does not go with `--app` or `--instance`"
        case .invalidName(let option, _, .empty): "the name given to `\(option)` is empty"
        case .invalidName(let option, let name, .tooLong):
            "the name given to `\(option)` has \(name.utf8.count) bytes, "
                + "the limit is \(ContextName.byteLimit)"
        case .invalidName(let option, _, .unprintable):
            "the name given to `\(option)` holds a line break or another control character"
        case .unreachable(let path): "the working directory `\(path)` cannot be reached"
        case .machine: "nothing is booked in the context `machine`: it has the names that `register` gives"
        }
    }

    package var hint: String? {
        switch self {
        case .namedTwice: "give either the whole name or its parts"
        case .invalidName: "a name like `myapp/feature-auth` is easy to read"
        case .unreachable: "change to a folder that exists"
        case .machine: "`portrun register NAME PORT`, or another name for `--context`"
        }
    }

    package var exitStatus: Int32 {
        switch self {
        case .namedTwice, .invalidName, .machine: 64
        case .unreachable: 125
        }
    }
}
