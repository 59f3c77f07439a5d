import PortrunBase
import PortrunRegistry

extension Checkout {
    /// The checkout that a system's working directory is in.
    ///
    /// The git directory is read; git itself is asked only where that is not enough. Nothing is changed.
    ///
    /// - Parameters:
    ///   - system: says where the caller stands, and when. Whose leases can be seen depends on the process that calls:
    ///     its pid and network namespaces are asked for here, and nothing else of it anywhere.
    ///   - registry: the path of the registry's file, seen from the working directory; nil for the user's own:
    ///     `PORTRUN_REGISTRY`, else `portrun/registry.sqlite` below `XDG_STATE_HOME` or `~/.local/state`.
    /// - Throws: ``PortrunError`` of the kind ``PortrunError/Kind/checkout`` when there is no such folder, or of the kind
    ///   ``PortrunError/Kind/registry`` when nothing says where the registry is.
    public init(_ system: System, registry: String? = nil) throws(PortrunError) {
        self = try PortrunError.wrapping {
            try Checkout(system, as: .current(), location: RegistryLocation(option: registry, system: system))
        }
    }

    /// `<repository>/<branch>` for people, such as `shop/feature-auth`. Labels are not unique.
    public var label: String { context.label }

    /// 12 hexadecimal digits: the first ones of the MD5 of what identifies the checkout, which is the origin's address and
    /// the branch in git, and the path elsewhere. Two clones on one branch have the same.
    public var hash: String { context.hash }

    /// The root of the worktree; outside git, the project's folder. Absolute, without links.
    public var path: String { context.path }
}
