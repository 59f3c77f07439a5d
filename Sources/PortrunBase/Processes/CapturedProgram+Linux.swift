#if canImport(Glibc)
    extension CapturedProgram {
        package typealias FileActions = posix_spawn_file_actions_t
        package typealias Attributes = posix_spawnattr_t
    }
#endif
