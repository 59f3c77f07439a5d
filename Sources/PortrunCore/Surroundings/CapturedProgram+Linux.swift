#if canImport(Glibc)
    extension CapturedProgram {
        typealias FileActions = posix_spawn_file_actions_t
        typealias Attributes = posix_spawnattr_t
    }
#endif
