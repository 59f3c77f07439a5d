/// Contexts of which another tool has noted where they are and what they are called.
extension ContextResolver {
    /// The checkout at `path` on the branch that `label` names after its first slash, checked out there or not; nil
    /// when there is none of that hash.
    ///
    /// - Parameters:
    ///   - path: absolute.
    ///   - hash: the first 12 hexadecimal digits of the MD5 of the identity, or of the path where there is no origin.
    package static func context(
        at path: String, label: String, hash: String, home: String?, environment: Environment
    ) -> Context? {
        let request = ContextRequest(
            workingDirectory: path, home: home, environment: environment.withoutRepository)
        guard let context = try? resolve(request) else { return nil }
        if context.hash == hash || MD5.hexadecimal(of: path.utf8).hasPrefix(hash) { return context }
        guard let branch = context.branch, let origin = context.identity.start(before: ":\(branch)"),
            let name = label.parts(at: "/").after
        else { return nil }
        let other = context.switched(to: name, identity: "\(origin):\(name)")
        return other.hash == hash ? other : nil
    }
}

extension Context {
    fileprivate func switched(to branch: String, identity: String) -> Context {
        let label = ContextLabel(app: app, instance: branch)
        return Context(
            identity: identity, label: label.text, app: label.app, instance: label.instance, path: path,
            remote: remote, branch: branch, repository: repository, isMain: false, folder: "", warnings: [])
    }
}
