import HummingbirdCore
import NIOCore
import PortrunBase
import ServiceLifecycle

extension Answer {
    /// An event stream, which lasts until the client or the daemon ends it.
    ///
    /// - Parameter frames: begins to watch, and gives the frames.
    /// - Throws: `Problem` 503 where the system has no watches left.
    static func events(
        _ frames: () async throws(FileError) -> AsyncStream<String>
    ) async throws(Problem) -> Answer {
        let stream: AsyncStream<String>
        do throws(FileError) { stream = try await frames() } catch {
            throw Problem(.serviceUnavailable, "system", "the system has no watches left")
        }
        return Answer(
            .ok, headers: [.contentType: "text/event-stream"],
            body: ResponseBody { writer in
                for await frame in stream.cancelOnGracefulShutdown() {
                    try await writer.write(ByteBuffer(string: frame))
                }
                try await writer.finish(nil)
            })
    }
}
