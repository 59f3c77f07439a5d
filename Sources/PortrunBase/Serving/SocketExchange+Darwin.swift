#if canImport(Darwin)
    extension SocketExchange {
        package static var streamType: Int32 { SOCK_STREAM }

        static func preventSIGPIPE(_ descriptor: Int32) {
            var value: Int32 = 1
            setsockopt(descriptor, SOL_SOCKET, SO_NOSIGPIPE, &value, socklen_t(MemoryLayout<Int32>.size))
        }

        package static func portableSend(_ descriptor: Int32, _ bytes: UnsafeRawPointer?, _ count: Int) -> Int {
            Darwin.send(descriptor, bytes, count, 0)
        }
    }
#endif
