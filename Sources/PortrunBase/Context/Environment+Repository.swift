extension Environment {
    /// Variables that make git look elsewhere than the files around the working directory say.
    static let repositoryVariables = ["GIT_DIR", "GIT_WORK_TREE", "GIT_COMMON_DIR", "GIT_OBJECT_DIRECTORY"]

    /// The first of `repositoryVariables` that is set, to whatever value.
    var repositoryVariable: String? {
        Self.repositoryVariables.first { bytes(of: $0) != nil }
    }

    /// A copy without `repositoryVariables`, for a look at another repository.
    var withoutRepository: Environment {
        var copy = self
        for name in Self.repositoryVariables { copy.remove(name) }
        return copy
    }
}
