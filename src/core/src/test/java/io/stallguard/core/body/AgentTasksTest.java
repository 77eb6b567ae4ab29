package io.stallguard.core.body;

import static org.assertj.core.api.Assertions.assertThat;

import io.stallguard.core.words.Exchanges;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tasks of A2A, which go on until their state says otherwise. */
class AgentTasksTest {
  private static final String URI = "https://agent.example/a2a";
  private static final String SSE = "text/event-stream";

  private static final String TASK =
      result("{'kind':'task','id':'t','contextId':'c','status':{'state':'submitted'}}");
  private static final String WORKING =
      result("{'kind':'status-update','status':{'state':'working'},'final':false}");
  private static final String ARTIFACT =
      result(
          "{'kind':'artifact-update','artifact':{'parts':[{'kind':'text','text':'a'}]},"
              + "'append':true,'lastChunk':false}");
  private static final String COMPLETED =
      result("{'kind':'status-update','status':{'state':'completed'},'final':true}");
  private static final String INPUT_REQUIRED =
      result("{'kind':'status-update','status':{'state':'input-required'},'final':true}");

  private static final String TASK_1 =
      result("{'task':{'id':'t','status':{'state':'TASK_STATE_SUBMITTED'},'metadata':{}}}");
  private static final String WORKING_1 =
      result("{'statusUpdate':{'taskId':'t','status':{'state':'TASK_STATE_WORKING'}}}");
  private static final String ARTIFACT_1 =
      result("{'artifactUpdate':{'taskId':'t','artifact':{'parts':[{'text':'a'}]}}}");
  private static final String COMPLETED_1 =
      result("{'statusUpdate':{'taskId':'t','status':{'state':'TASK_STATE_COMPLETED'}}}");
  private static final String INPUT_REQUIRED_1 =
      result("{'statusUpdate':{'taskId':'t','status':{'state':'TASK_STATE_INPUT_REQUIRED'}}}");

  private static String result(String result) {
    return "{'jsonrpc':'2.0','id':7,'result':" + result + "}";
  }

  private static boolean isStreamCut(String method, String type, String text) {
    Told told = new Told(Exchanges.of(method, URI, type));
    return told.scan(text.replace('\'', '"')).end().events().answer().isCutShort();
  }

  private static String events(String... data) {
    return "data: " + String.join("\n\ndata: ", data) + "\n\n";
  }

  private static boolean isCut(String... data) {
    return isStreamCut("POST", SSE, events(data));
  }

  @Test
  void oneThatBreaksOffIsTold() {
    assertThat(isCut(TASK)).isTrue();
    assertThat(isCut(WORKING)).isTrue();
    assertThat(isCut(ARTIFACT)).isTrue();
    assertThat(isCut(TASK, WORKING, ARTIFACT)).isTrue();
    assertThat(isCut(TASK, ARTIFACT, WORKING)).isTrue();
    String half = "data: " + ARTIFACT.substring(0, 60);
    assertThat(isStreamCut("POST", SSE, events(TASK, ARTIFACT) + half)).isTrue();
  }

  @Test
  void oneOfTheNewerVersionToo() {
    assertThat(isCut(TASK_1)).isTrue();
    assertThat(isCut(TASK_1, WORKING_1)).isTrue();
    assertThat(isCut(TASK_1, WORKING_1, ARTIFACT_1)).isTrue();
    assertThat(isCut(TASK_1, WORKING_1, WORKING_1.replace('7', '8'), COMPLETED_1)).isTrue();
  }

  @Test
  void oneThatEndsOrWaitsForSomebodyIsWhole() {
    assertThat(isCut(TASK, WORKING, ARTIFACT, COMPLETED)).isFalse();
    assertThat(isCut(TASK, WORKING, INPUT_REQUIRED)).isFalse();
    assertThat(isCut(COMPLETED)).isFalse();
    assertThat(isCut(TASK_1, WORKING_1, ARTIFACT_1, COMPLETED_1)).isFalse();
    assertThat(isCut(TASK_1, INPUT_REQUIRED_1)).isFalse();
    assertThat(isCut(TASK, ARTIFACT.replace("false", "true"), COMPLETED)).isFalse();
  }

  /** A message is all of an answer; what a tool has made may have any keys. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'kind':'message','role':'agent','parts':[{'kind':'text','text':'a'}]}",
        "{'message':{'role':'ROLE_AGENT','parts':[{'text':'a'}]}}",
        "{'content':[],'structuredContent':{'status':{'state':'working'}}}",
        "{'content':[],'structuredContent':{'task':{'status':{'state':'working'}}}}",
        "{'content':[],'structuredContent':{'artifact':{'a':1}}}",
        "{'content':[{'status':{'state':'working'},'artifact':{}}]}",
        "{'task':{'taskId':'t','status':'working'}}",
        "{'status':{'state':'completed','message':{'state':'working','status':{'state':'working'}}}}",
        "{'status':{'state':'completed'},'metadata':{'state':'working'}}",
        "{'status':{'state':'completed'},'state':'working'}",
        "{'status':{'state':'completed'},'own':{'status':{'state':'working'}}}",
        "{'status':[{'state':'working'}]}",
        "{'status':{'state':'workings'}}",
        "{'status':{'state':'work'}}"
      })
  void whatIsNoTaskThatGoesOnIsWhole(String result) {
    assertThat(isCut(result(result))).isFalse();
  }

  @Test
  void twoTasksEndBoth() {
    String other = COMPLETED.replace('7', '8');

    assertThat(isCut(TASK, TASK.replace('7', '8'), COMPLETED)).isTrue();
    assertThat(isCut(TASK, TASK.replace('7', '8'), COMPLETED, other)).isFalse();
  }

  /** A call that is not streamed gets the task as it is then; a stream to listen on may break. */
  @ParameterizedTest
  @CsvSource({"POST,application/json", "GET,text/event-stream"})
  void whatIsNoStreamOfATaskIsWhole(String method, String type) {
    String text = type.equals(SSE) ? events(TASK) : TASK;

    assertThat(isStreamCut(method, type, text)).isFalse();
  }

  @Test
  void stateIsTheTasksWhereverItStandsInTheEvent() {
    assertThat(isCut(result("{'status':{'message':{'parts':[]},'state':'working'},'id':'t'}")))
        .isTrue();
    assertThat(isCut("{'result':{'status':{'state':'working'}},'id':7,'jsonrpc':'2.0'}")).isTrue();
    assertThat(isCut(result("{'history':[{'status':{'a':1}}],'status':{'state':'working'}}")))
        .isTrue();
  }
}
