package io.stallguard.core;

import static io.stallguard.core.Arrivals.read;
import static org.assertj.core.api.Assertions.assertThat;

import io.stallguard.core.engine.Guard;
import io.stallguard.core.words.Exchanges;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A grace that an operator has set: it holds after the end of each dialect that has one. */
class SetGraceTest {
  private static final String SSE = "text/event-stream";
  private static final String RPC = "{'jsonrpc':'2.0','id':1,'result':";

  private static Guard open(Rig rig, String method, String type, String text) {
    String uri = "http://agent.example/own/path";
    Guard guard = rig.engine.open(Exchanges.of(method, uri, type), rig.abort);
    rig.tick();
    read(guard, text.replace('\'', '"').replace('~', '\n'));
    return guard;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        // AG-UI, Vercel's messages, A2A, MCP, Spring AI
        "data: {'type':'RUN_STARTED','threadId':'t','runId':'r'}~~data: {'type':'RUN_FINISHED'}~~",
        "data: {'type':'text-start','id':'0'}~~data: {'type':'finish'}~~",
        "data: " + RPC + "{'kind':'status-update','status':{},'final':true}}~~",
        "data: " + RPC + "{'kind':'message','role':'agent','parts':[]}}~~",
        "data: " + RPC + "{'content':[{'type':'text','text':'a'}]}}~~",
        "data: {'result':{'output':{'messageType':'ASSISTANT','text':'a'},"
            + "'metadata':{'finishReason':'STOP'}}}~~",
        "event: RUN_STARTED~data: {'threadId':'t','runId':'r'}~~event: RUN_FINISHED~data: {}~~",
        "data: {'choices':[{'delta':{'content':'a'},'finish_reason':'stop'}]}~~"
      })
  void everyEndThatIsKnownIsFollowedByIt(String text) {
    assertEnds(SSE, text);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "application/x-ndjson | " + RPC + "{'content':[]}}~",
        "application/x-ndjson | {'type':'RUN_STARTED','threadId':'t','runId':'r'}~{'type':'RUN_FINISHED'}~",
        "application/json | [{'type':'RUN_STARTED','threadId':'t','runId':'r'},{'type':'RUN_FINISHED'}",
        "text/plain | 0:\"a\"~e:{'finishReason':'stop'}~d:{'finishReason':'stop'}~"
      })
  void inOtherFormatsToo(String type, String text) {
    assertEnds(type, text);
  }

  private static void assertEnds(String type, String text) {
    Rig set = Rig.exactly("done-grace=2s,content-types=*");
    Rig unset = Rig.exactly("content-types=*");
    Guard guard = open(set, "POST", type, text);
    Guard standard = open(unset, "POST", type, text);

    set.run(Duration.ofMillis(2500));
    unset.run(Duration.ofSeconds(59));

    assertThat(guard.isEnded()).isTrue();
    assertThat(standard.isDecided()).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        // A step that is over, a task that goes on, a turn that asks for a tool, a call's progress.
        "POST | text/plain | 0:\"a\"~e:{'finishReason':'stop'}~",
        "POST | text/event-stream | data: {'type':'text-start'}~~data: {'type':'finish-step'}~~",
        "POST | text/event-stream | data: " + RPC + "{'kind':'task','status':{'state':'s'}}}~~",
        "POST | text/event-stream | data: " + RPC + "{'status':{'state':'s'},'final':false}}~~",
        "POST | text/event-stream | data: " + RPC + "{'kind':'artifact-update','artifact':{}}}~~",
        "POST | text/event-stream | data: {'jsonrpc':'2.0','method':'notifications/progress'}~~",
        "POST | text/event-stream | data: {'result':{'output':{'messageType':'ASSISTANT'},"
            + "'metadata':{'finishReason':'tool_calls'}}}~~",
        // Who listens waits for what comes next.
        "GET | text/event-stream | data: " + RPC + "{'content':[]}}~~"
      })
  void whatIsNoEndIsNot(String method, String type, String text) {
    Rig set = Rig.exactly("done-grace=2s,content-types=*");
    Guard guard = open(set, method, type, text);

    set.run(Duration.ofSeconds(60));

    assertThat(guard.isDecided()).isFalse();
  }
}
