package io.stallguard.core.body;

import static org.assertj.core.api.Assertions.assertThat;

import io.stallguard.core.words.Exchanges;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Words of an end or an error that stand where they say nothing of the answer. */
class EndsElsewhereTest {
  private static final String PIECE =
      "data: {\"id\":\"1\",\"object\":\"chat.completion.chunk\","
          + "\"choices\":[{\"index\":0,\"delta\":{\"content\":\"a\"},\"finish_reason\":null}]}\n\n";

  private static Told at(String path) {
    return new Told(Exchanges.to("https://api.example.com" + path));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'upstream':{'choices':[{'index':0,'finish_reason':'stop'}]},",
        "'upstream':[{'finish_reason':'stop'}],",
        "'x_meta':{'finish_reason':'stop'},",
        "'x_meta':{'deep':{'stop_reason':'end_turn'}},",
        "'metadata':{'finish_reason':'stop'},",
        "'usage':{'finish_reason':'stop'},",
        "'prompt_filter_results':[{'finish_reason':'stop'}],",
        "'x_groq':{'finish_reason':'stop'},",
      })
  void aReasonBesideTheChoicesEndsNothing(String beside) {
    String data =
        "data: {'id':'1','object':'chat.completion.chunk',"
            + beside
            + "'choices':[{'index':0,'delta':{'content':'b'},'finish_reason':null}]}\n\n";

    Told told = at("/v1/chat/completions").scan(PIECE + data.replace('\'', '"'));

    assertThat(told.events().answer().mark()).isEqualTo(Mark.NONE);
    assertThat(told.end().events().answer().isTruncated()).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "/v1/chat/completions | {'object':'chat.completion.chunk','choices':[{'index':0,"
            + "'meta':{'finish_reason':'stop'},'delta':{'content':'b'},'finish_reason':null}]}",
        "/v1/chat/completions | {'object':'chat.completion.chunk','choices':[{'index':0,"
            + "'metadata':{'finish_reason':'stop'},'delta':{'content':'b'}}]}",
        "/m:streamGenerateContent | {'candidates':[{'content':{'parts':[{'text':'b'}],"
            + "'role':'model'},'groundingMetadata':{'finishReason':'STOP'}}]}",
        "/m:streamGenerateContent | {'candidates':[{'content':{'parts':[{'text':'b'}],"
            + "'role':'model'},'safetyRatings':[{'finishReason':'STOP'}]}]}",
      })
  void norDoesOneFurtherInside(String path, String data) {
    Told told = at(path).scan("data: " + data.replace('\'', '"') + "\n\n");

    assertThat(told.events().answer().mark()).isEqualTo(Mark.NONE);
    assertThat(told.end().events().answer().isTruncated()).isTrue();
  }

  private static Told longEvent(String first, String last) {
    Told told = at("/any").scan("data: " + first.replace('\'', '"') + "\n\n");
    assertThat(told.events().answer().isTruncated()).isTrue();
    String rows = "{'n':7},".repeat(900) + "{}";
    return told.scan("data: " + last.replace("ROWS", rows).replace('\'', '"') + "\n\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'result':{'rows':[ROWS]},'jsonrpc':'2.0','id':5} | true",
        "{'result':{'tools':[ROWS]},'id':5,'jsonrpc':'2.0'} | true",
        "{'result':{'kind':'task','history':[ROWS],'status':{'state':'completed'}},'id':5} | false",
      })
  void aResultIsWholeThoughItsCallIsNamedFarBehind(String result, boolean isEnd) {
    Told told = longEvent("{'method':'notifications/progress','jsonrpc':'2.0'}", result);

    assertThat(told.events().answer().isEnded()).isEqualTo(isEnd);
    assertThat(told.end().events().answer().isTruncated()).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'type':'RUN_STARTED','runId':'r','threadId':'t'}"
            + " | {'result':[ROWS],'runId':'r','threadId':'t','type':'RUN_FINISHED'}",
        "{'type':'response.created','sequence_number':0}"
            + " | {'response':{'id':'r','output':[ROWS]},'type':'response.completed'}",
        "{'token':{'id':1,'text':'a','logprob':-1,'special':false},'generated_text':null}"
            + " | {'top_tokens':[ROWS],'token':{'id':2,'text':'b','logprob':-1,'special':false},"
            + "'generated_text':'ab'}",
        "{'content':'a','stop':false,'tokens_predicted':1}"
            + " | {'generation_settings':[ROWS],'content':'','stop':true,'tokens_predicted':2}",
      })
  void soIsAnAnswerWhoseEndStandsBehindMuchElse(String first, String last) {
    assertThat(longEvent(first, last).end().events().answer().isTruncated()).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'method':'notifications/progress','jsonrpc':'2.0'}"
            + " | {'params':{'rows':[ROWS]},'method':'notifications/message','jsonrpc':'2.0'}",
        "{'type':'RUN_STARTED','runId':'r','threadId':'t'} | {'rows':[ROWS],'type':'RAW'}",
        "{'type':'response.created','sequence_number':0}"
            + " | {'response':{'output':[ROWS]},'type':'response.in_progress'}",
      })
  void anotherLongEventIsNoEnd(String first, String last) {
    assertThat(longEvent(first, last).end().events().answer().isTruncated()).isTrue();
  }

  @Test
  void aResultAloneIsNobodys() {
    Told told = at("/any").scan("data: {\"result\":{\"rows\":[]}}\n\n");

    assertThat(told.events().answer().isShown()).isFalse();
    assertThat(told.events().answer().isWhole()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "data: {'row':2,'error':'bad date'}~~",
        "data: {'test':'b','ok':false,'error':'expected 1 got 2'}~~",
        "event: error~data: {'at':7}~~",
        "event: error~data: {}~~",
        "data: {'error':{'message':'upstream 529, retrying','code':529}}~~",
      })
  void anErrorOfOnesOwnMarksNothing(String event) {
    Told told = at("/report").scan("data: {\"row\":1}\n\n");

    told.scan(event.replace('\'', '"').replace('~', '\n'));

    assertThat(told.events().answer().mark()).isEqualTo(Mark.NONE);
    assertThat(told.events().isDone()).isFalse();
    assertThat(told.events().progress()).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "data: {'error':{'type':'server_error','message':'m'}}~~",
        "data: {'error':{'code':503,'status':'UNAVAILABLE'}}~~",
        "event: error~data: {'type':'error','error':{'type':'overloaded_error'}}~~",
      })
  void oneThatIsAProvidersIsMarkedAnywhere(String event) {
    Told told = at("/relay").scan(event.replace('\'', '"').replace('~', '\n'));

    assertThat(told.events().answer().mark()).isEqualTo(Mark.LONG);
  }
}
