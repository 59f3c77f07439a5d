#if canImport(Darwin)
    extension CapturedProgram {
        // Pointers there, empty before posix_spawn_file_actions_init(3) and posix_spawnattr_init(3).
        package typealias FileActions = posix_spawn_file_actions_t?
        package typealias Attributes = posix_spawnattr_t?
    }
#endif
