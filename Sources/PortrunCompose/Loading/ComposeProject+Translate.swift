import PortrunBase

extension ComposeProject {
    /// What the files say of a localhost of the command's own, `x-portrun: {translate: off}`, and where; nil where they
    /// say nothing.
    package var translate: (value: String, file: String, line: Int)? {
        guard let node = document["x-portrun"]?["translate"], let value = node.string else { return nil }
        return (value, file(of: node.location), Int(node.location.line))
    }
}
