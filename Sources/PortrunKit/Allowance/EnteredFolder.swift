import PortrunBase

/// The folder that a shell is in, as it was entered, through links or not, and as it is.
///
/// What the user allows is remembered by the files' own paths, whichever way one comes to them.
struct EnteredFolder {
    /// What stands before the part that both paths have; the two are one where there is no link.
    private var entered: String
    private var real: String

    /// The working directory of a checkout, as the shell has it (`PWD`): compose finds its files by that.
    init(_ checkout: Checkout) {
        let folder = checkout.workingDirectory
        real = FileSystem.resolved(folder) ?? folder
        entered = folder
        if let name = checkout.userEnvironment["PWD"], name.hasPrefix("/"), FileSystem.resolved(name) == real {
            entered = Path.absolute(name, in: "/")
        }
        while entered != real, entered != "/", real != "/", Path.lastName(entered) == Path.lastName(real) {
            (entered, real) = (Path.parent(entered), Path.parent(real))
        }
    }

    /// A path below it without the links by which it was entered.
    func realPath(_ path: String) -> String {
        guard entered != real, let rest = Path.relative(path, to: entered) else { return path }
        return rest.isEmpty ? real : Path.absolute(rest, in: real)
    }
}
