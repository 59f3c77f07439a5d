/// The name that the user gives the context, with `--context` or with `--app` and `--instance`.
///
/// A named context is the same one wherever it is asked for, so that checkouts can share it.
enum ContextNaming: Equatable {
    case none
    /// Identity and label both.
    case whole(ContextName)
    /// Replaces the parts of the label that are given; the identity is made from the names as they are.
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
        case .whole(let name) where name.text == Context.machine.label:
            return .machine
        case .whole(let name):
            let parts = name.text.split(separator: "/", maxSplits: 1).map(String.init)
            return context.named(
                name.text, app: parts.first ?? name.text, instance: parts.dropFirst().first ?? "")
        case .parts(let app, let instance):
            let parts = (app: app?.text ?? context.app, instance: instance?.text ?? context.instance)
            let label = ContextLabel(app: parts.app, instance: parts.instance)
            let isLabel = parts.app == label.app && parts.instance == label.instance
            return context.named(
                label.text, identity: isLabel ? label.text : Self.identity(app: parts.app, instance: parts.instance),
                app: label.app, instance: label.instance)
        }
    }

    /// A character that no name contains. It separates the parts of an identity that the label does not show in full.
    private static var separator: Unicode.Scalar { "\u{1F}" }

    private static func identity(app: String, instance: String) -> String { "\(app)\(separator)\(instance)" }

    /// The names in an identity that `identity(app:instance:)` made.
    fileprivate static func parts(ofIdentity identity: String) -> (app: String, instance: String)? {
        let parts = identity.parts(at: separator)
        return parts.after.map { (parts.before, $0) }
    }

    private static func name(_ text: String?, option: String) throws(ContextError) -> ContextName? {
        guard let text else { return nil }
        return try ContextName(text, option: option)
    }
}

extension Context {
    fileprivate func named(
        _ label: String, identity: String? = nil, app: String, instance: String
    ) -> Context {
        Context(
            identity: identity ?? label, label: label, app: app, instance: instance, path: path, remote: remote,
            branch: branch, repository: nil, isMain: false, folder: folder, warnings: warnings)
    }
}

extension ContextLabel {
    /// The app and the instance that a user gave to a context, where its label does not show them in full.
    package static func names(inIdentity identity: String) -> (app: String, instance: String)? {
        ContextNaming.parts(ofIdentity: identity)
    }

    /// Whether a context is one of this app, and of this instance where that is given, as a user names them.
    ///
    /// Names that were given to a context are compared as they are: of those, a label may stand for several.
    package static func isLabel(
        _ label: (app: String, instance: String), ofIdentity identity: String, app: String?, instance: String?
    ) -> Bool {
        let exact = ContextNaming.parts(ofIdentity: identity)
        func agrees(_ wanted: String?, _ shown: String, _ exact: String?) -> Bool {
            guard let wanted else { return true }
            return wanted == shown || wanted == exact || (exact == nil && part(wanted) == shown)
        }
        return agrees(app, label.app, exact?.app) && agrees(instance, label.instance, exact?.instance)
    }
}
