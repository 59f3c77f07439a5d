import PortrunBase
import PortrunCompose

extension Plan {
    /// True in the place of a tool when the tool is to do as ever: the command has nothing to book, and names nothing
    /// that is called otherwise here.
    ///
    /// Without files compose can still be told to clean up by a project's name.
    package var isUntouched: Bool {
        guard invocation?.isVerbatim == true else { return false }
        if let docker { return docker.concernsNothing }
        return project == nil && (compose?.projectName == nil || checkout.context.isMain)
    }
}
