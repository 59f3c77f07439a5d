import NIOCore
import NIOHTTP1
import PortrunBase

/// What RFC 9112 asks of a connection beyond reading and writing: who has not to be served long, when it ends, what may
/// not be read at all. It stands before whatever turns parts into requests.
///
/// On one event loop, that of its channel.
final class HTTPConduct: ChannelDuplexHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias InboundOut = HTTPServerRequestPart
    typealias OutboundIn = HTTPServerResponsePart
    typealias OutboundOut = HTTPServerResponsePart

    private let admission: Connections.Admission
    private let onEnd: @Sendable () -> Void
    /// How the door tells of what is no request: a content type and a text.
    private let unread: @Sendable (Problem) -> (type: String, text: String)
    /// Those that are not answered yet, in their order.
    private var requests: [HTTPRequestForm] = []
    /// The last of them has not come as a whole.
    private var isReading = false
    /// No further request is read.
    private var isLast = false
    /// Nothing at all is.
    private var isEnding = false
    /// Is to be told when what came before is answered; where it concerns the last request, in place of its answer.
    private var refusal: Problem?

    /// Another user has so long to ask, and to be told.
    private static let strangersTime = TimeAmount.seconds(2)
    /// After the last answer, what still comes is dropped for so long: closed sooner, a socket loses what it has sent.
    private static let lastTime = TimeAmount.seconds(1)

    /// - Parameter onEnd: is called once, when the connection is closed.
    init(
        _ admission: Connections.Admission, unread: @escaping @Sendable (Problem) -> (type: String, text: String),
        onEnd: @escaping @Sendable () -> Void
    ) {
        self.admission = admission
        self.unread = unread
        self.onEnd = onEnd
    }

    func handlerRemoved(context: ChannelHandlerContext) { onEnd() }

    func channelActive(context: ChannelHandlerContext) {
        switch admission {
        case .welcome: break
        case .stranger: close(context.channel, in: Self.strangersTime)
        case .tooMany:
            isEnding = true
            context.close(promise: nil)
        }
        context.fireChannelActive()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard !isEnding else { return }
        switch unwrapInboundIn(data) {
        case .head(var head):
            guard !isLast else { return }
            do throws(Problem) {
                let form = try HTTPRequestForm(&head, isStranger: admission != .welcome)
                requests.append(form)
                isReading = true
                isLast = form.closes
                if form.waits, requests.count == 1 { goOn(context) }
                context.fireChannelRead(wrapInboundOut(.head(head)))
            } catch {
                refuse(error, context)
            }
        case .body:
            if isReading { context.fireChannelRead(data) }
        case .end:
            guard isReading else { return }
            isReading = false
            context.fireChannelRead(data)
        }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        guard let error = error as? HTTPParserError else { return context.fireErrorCaught(error) }
        // What comes behind the last request is nobody's.
        guard !isEnding, isReading || !isLast else { return }
        let problem = HTTPRequestForm.problem(of: error)
        guard isReading else { return refuse(problem, context) }
        // It is answered already, and what follows cannot be found.
        guard !requests.isEmpty else { return end(context) }
        // Whoever reads the body has to know; its answer says no more than 400.
        refusal = problem
        isLast = true
        requests[requests.count - 1].closes = true
        context.fireErrorCaught(error)
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if isEnding, event as? ChannelEvent == .inputClosed { return context.close(promise: nil) }
        context.fireUserInboundEventTriggered(event)
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        guard let form = requests.first else {
            promise?.fail(ChannelError.alreadyClosed)
            return
        }
        // Where reading has failed in the only request that is left, this is what comes in place of its answer.
        let isReplaced = refusal != nil && isReading && requests.count == 1 && !form.hasBegun
        switch unwrapOutboundIn(data) {
        case .head(var head):
            if isReplaced {
                promise?.succeed()
                return
            }
            requests[0].hasBegun = true
            if form.closes { head.headers.replaceOrAdd(name: "Connection", value: "close") }
            // It is answered without chunks: the end of the connection is that of the body.
            if form.isOld { head.version = .http1_0 }
            context.write(wrapOutboundOut(.head(head)), promise: promise)
        case .body:
            if isReplaced { promise?.succeed() } else { context.write(data, promise: promise) }
        case .end:
            requests.removeFirst()
            if isReplaced { promise?.succeed() } else { context.writeAndFlush(data, promise: promise) }
            if let refusal, requests.isEmpty, isReplaced || !isReading {
                tell(refusal, context)
            } else if form.closes {
                end(context)
            }
        }
    }

    /// Has a client send the body that it has announced.
    private func goOn(_ context: ChannelHandlerContext) {
        context.writeAndFlush(
            wrapOutboundOut(.head(HTTPResponseHead(version: .http1_1, status: .continue))), promise: nil)
    }

    /// Reads no more, and says why, as soon as all is answered that came before.
    private func refuse(_ problem: Problem, _ context: ChannelHandlerContext) {
        isLast = true
        isEnding = true
        refusal = problem
        if requests.isEmpty { tell(problem, context) }
    }

    private func tell(_ problem: Problem, _ context: ChannelHandlerContext) {
        let told = unread(problem)
        let body = ByteBuffer(string: told.text)
        let headers: HTTPHeaders = [
            "Content-Type": told.type, "Content-Length": "\(body.readableBytes)", "Cache-Control": "no-store",
            "X-Content-Type-Options": "nosniff", "Cross-Origin-Resource-Policy": "same-origin",
            "Date": HTTPDate.now(), "Connection": "close",
        ]
        let head = HTTPResponseHead(
            version: .http1_1, status: HTTPResponseStatus(statusCode: problem.status.code), headers: headers)
        context.write(wrapOutboundOut(.head(head)), promise: nil)
        context.write(wrapOutboundOut(.body(.byteBuffer(body))), promise: nil)
        context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
        end(context)
    }

    private func end(_ context: ChannelHandlerContext) {
        isEnding = true
        context.close(mode: .output, promise: nil)
        close(context.channel, in: Self.lastTime)
    }

    private func close(_ channel: any Channel, in time: TimeAmount) {
        channel.eventLoop.scheduleTask(in: time) { channel.close(promise: nil) }
    }
}
