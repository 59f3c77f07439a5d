import PortrunBase
import PortrunLaunch

/// A call of portrun in the place of sudo(8) or its kin, through a link in a `ShimFolder`: only to say why it will fail.
struct UserChangeCall {
    let program: UserChange

    /// The call that this process is; nil for any other.
    static func current() -> UserChangeCall? {
        ExecutedFile.calledName.flatMap(UserChange.init(named:)).map(UserChangeCall.init)
    }

    /// Replaces this process by the program, with a line before where a translated launch keeps it from its work.
    func passThrough() -> LaunchError {
        if UserChange.isPrevented, getenv("PORTRUN_CONTEXT") != nil { Report.warning(program.advice) }
        return ShimCall.becomeTool(program.rawValue, ShimCall.candidates(for: program.rawValue))
    }
}
