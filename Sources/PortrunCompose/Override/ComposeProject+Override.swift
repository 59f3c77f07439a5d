import PortrunBase

extension ComposeProject {
    /// The name of the override file: a context has one for each of its projects, for a script may address several at
    /// once.
    package func overrideName(in context: Context) -> String {
        var text = directory
        for file in files { text += "\n" + file }
        return "\(context.hash)-\(MD5.hexadecimal(of: text.utf8).prefix(8))"
    }

    /// True when an override of ours is among the files already, as where one tool hands its command on to another.
    package func hasOverride(in state: StateFolder) -> Bool {
        files.contains { state.holds($0, in: .overrides) }
    }
}

extension ComposeOverride {
    /// True when a compose that does not know `!override` would take it for something else.
    package var needsOverrideTag: Bool {
        let blocks = services + sections
        return blocks.contains { block in block.fragments.contains { $0.tag != nil || !$0.replaced.pairs.isEmpty } }
    }
}
