/// What the user calls the context, with `--context` or with `--app` and `--instance`.
///
/// A named context is the same one wherever it is asked for, so that checkouts can share it.
enum ContextNaming: Equatable {
    case none
    /// Identity and label both.
    case whole(ContextName)
    /// Replaces the parts of the label that are given; the identity is then the label.
    case parts(app: ContextName?, instance: ContextName?)

    init(of request: ContextRequest) throws(ContextError) {
        if let name = request.name {
            guard request.app == nil && request.instance == nil else { throw .namedTwice(name: name) }
            self = .whole(try ContextName(name, option: "--context"))
        } else if request.app == nil && request.instance == nil {
            self = .none
        } else {
            self = .parts(
                app: try Self.name(request.app, option: "--app"),
                instance: try Self.name(request.instance, option: "--instance"))
        }
    }

    /// `context` under its name; it stays where it is but no longer depends on a branch.
    func applied(to context: Context) -> Context {
        switch self {
        case .none:
            return context
        case .whole(let name):
            let parts = name.text.split(separator: "/", maxSplits: 1).map(String.init)
            return context.named(
                name.text, app: parts.first ?? name.text, instance: parts.dropFirst().first ?? "")
        case .parts(let app, let instance):
            let label = ContextLabel(
                app: app?.text ?? context.app, instance: instance?.text ?? context.instance)
            return context.named(label.text, app: label.app, instance: label.instance)
        }
    }

    private static func name(_ text: String?, option: String) throws(ContextError) -> ContextName? {
        guard let text else { return nil }
        return try ContextName(text, option: option)
    }
}

extension Context {
    fileprivate func named(_ name: String, app: String, instance: String) -> Context {
        Context(
            identity: name, label: name, app: app, instance: instance, path: path, remote: remote,
            branch: branch, repository: nil, isMain: false, folder: folder, warnings: warnings)
    }
}
