package io.stallguard.probes.quiet;

import io.stallguard.probes.Job;
import io.stallguard.probes.Probe;
import io.stallguard.probes.Received;
import java.util.Objects;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;

/** A WebSocket of Reactor Netty. */
public final class ReactorNettySocketProbe implements Probe {

  @Override
  public void run(Job job, Received received) {
    Silence silence = Silence.begin();
    String answer =
        HttpClient.create()
            .websocket()
            .uri(job.url().replaceFirst("^http", "ws"))
            .handle(
                (in, out) ->
                    out.sendString(Mono.just("hello"))
                        .then()
                        .thenMany(in.receive().asString().take(1)))
            .blockLast();
    silence.lasted(job.pauseMillis());
    received.add(Objects.requireNonNull(answer, "no message"));
  }
}
