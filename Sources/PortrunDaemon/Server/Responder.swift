import HTTPTypes
import HummingbirdCore
import NIOHTTP1
import PortrunBase

/// Answers the requests of one connection through one door.
struct Responder: Sendable {
    let routes: RouteTable
    let gate: Gate

    func respond(to request: Request, of peer: Peer, _ writer: consuming ResponseWriter) async throws {
        var answer: Answer
        do {
            answer = try await self.answer(to: request, of: peer)
        } catch let error as HTTPParserError {
            // The connection is of no use any more; who reads it tells so.
            throw error
        } catch {
            let problem = Problem(of: error)
            answer = routes.refusal(problem)
            for field in problem.headers { answer.headers[field.name] = field.value }
        }
        let response = answer.response(isHead: request.method == .head)
        do {
            try await writer.write(response: response.head, body: response.body)
        } catch is HTTPParserError {
            // A second answer must not follow the one that has begun.
            throw CancellationError()
        }
    }

    private func answer(to request: Request, of peer: Peer) async throws -> Answer {
        try gate.check(request.head, of: peer)
        let path = (request.head.path ?? "/").prefix { $0 != "?" && $0 != "#" }
        let (route, parameters) = try routes.route(request.method, path)
        try gate.checkContent(of: request.head, as: route.content)
        return try await route.respond(DoorCall(request: request, parameters: parameters))
    }
}
