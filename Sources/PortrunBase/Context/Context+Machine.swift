extension Context {
    /// The context of named ports that belong to no checkout.
    ///
    /// Its identity has a control character in front, so that neither a checkout nor a name that a user gives can be
    /// taken for it. Its folder is never gone.
    package static var machine: Context {
        Context(
            identity: "\u{1}machine", label: "machine", app: "machine", instance: "", path: "/", remote: nil,
            branch: nil, repository: nil, isMain: false, folder: "", warnings: [])
    }

    /// True for `machine`, which `--context machine` names, too.
    package var isMachine: Bool { identity == Context.machine.identity }
}
