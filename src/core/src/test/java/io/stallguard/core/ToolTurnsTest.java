package io.stallguard.core;

import static io.stallguard.core.Arrivals.read;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A turn that asks for a tool may be followed by another one, whatever stands behind its end. */
class ToolTurnsTest {
  private static final Duration MORE_THAN_SHORT = Duration.ofSeconds(55);
  private static final Duration REST = Duration.ofSeconds(8);

  private static final String CHAT = "{'id':'c','object':'chat.completion.chunk','choices':";
  private static final String MESSAGE =
      "{'type':'message_start','message':{'id':'m','role':'assistant'}}";

  private static Guard open(Rig rig, String path, String text) {
    Guard guard = rig.engine.open(Exchanges.to("https://relay.example" + path), rig.abort);
    rig.tick();
    read(guard, text);
    return guard;
  }

  /** Events by their data, or by name and data. */
  private static String events(String said) {
    StringBuilder text = new StringBuilder();
    for (String event : said.split("~")) {
      String full = event.replace("MESSAGE", MESSAGE).replace("CHAT", CHAT).strip();
      text.append(full.startsWith("event:") ? "" : "data: ").append(full.replace("^", "\ndata: "));
      text.append("\n\n");
    }
    return text.toString().replace('\'', '"');
  }

  private static void isEndedLate(String path, String said) {
    Rig rig = Rig.exactly("");
    Guard guard = open(rig, path, events(said));

    rig.run(MORE_THAN_SHORT);
    assertThat(guard.isDecided()).isFalse();
    rig.run(REST);

    assertThat(guard.isEnded()).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "/v1/messages | MESSAGE~{'type':'message_delta','delta':{'stop_reason':'tool_use'}}"
            + "~{'type':'message_stop'}~[DONE]",
        "/v1/messages | MESSAGE~{'type':'message_delta','delta':{'stop_reason':'tool_use'}}"
            + "~{'type':'message_stop'}~event: usage^{'total':3}~[DONE]",
        "/v1/messages | MESSAGE~{'type':'message_delta','delta':{'stop_reason':'tool_use'}}"
            + "~{'type':'message_stop'}~[DONE]~[DONE]",
        "/v1/chat/completions | CHAT[{'index':0,'delta':{'content':'a'},"
            + "'finish_reason':'tool_calls'}]}~[DONE]~[DONE]",
      })
  void doneBehindItBringsNoShorterGrace(String path, String said) {
    isEndedLate(path, said);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "/v1/messages | MESSAGE~{'type':'message_delta','delta':{'stop_reason':'tool_use'}}"
            + "~{'type':'message_stop'}~MESSAGE~{'type':'message_delta','delta':"
            + "{'stop_reason':'end_turn'}}~{'type':'message_stop'}~[DONE]",
        "/v1/chat/completions | CHAT[{'index':0,'delta':{},'finish_reason':'tool_calls'}]}~[DONE]"
            + "~CHAT[{'index':0,'delta':{'content':'a'},'finish_reason':null}]}"
            + "~CHAT[{'index':0,'delta':{},'finish_reason':'stop'}]}~[DONE]",
      })
  void theTurnAfterItEndsAsAny(String path, String said) {
    Rig rig = Rig.exactly("");
    Guard guard = open(rig, path, events(said));

    rig.run(REST);

    assertThat(guard.isEnded()).isTrue();
  }

  /** What may be a count of pieces as well is waited for. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "/v1beta/models/m:streamGenerateContent"
            + " | {'candidates':[{'index':0,'content':{'parts':[{'text':'a'}],'role':'model'}},"
            + "{'index':1,'content':{'parts':[{'text':'a'}],'role':'model'}}]}"
            + "~{'candidates':[{'index':0,'finishReason':'STOP'}],'usageMetadata':{}}~[DONE]",
        "/v1/chat/completions | CHAT[{'index':0,'delta':{'content':'a'}}]}"
            + "~CHAT[{'index':1,'delta':{'content':'a'}}]}"
            + "~CHAT[{'index':0,'delta':{},'finish_reason':'stop'}]}~[DONE]",
      })
  void doneWhileAnotherChoiceMayBeOpenIsNoSoonEnd(String path, String said) {
    isEndedLate(path, said);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "/v1/chat/completions | CHAT[{'index':0,'delta':{'content':'a'}}]}"
            + "~CHAT[{'index':1,'delta':{'content':'a'}}]}"
            + "~CHAT[{'index':0,'delta':{'content':'a'}}]}"
            + "~CHAT[{'index':0,'delta':{},'finish_reason':'stop'}]}~[DONE]",
      })
  void doneWhileOneIsOpenIsNoEnd(String path, String said) {
    Rig rig = Rig.exactly("");
    Guard guard = open(rig, path, events(said));

    rig.run(Duration.ofSeconds(290));

    assertThat(guard.isDecided()).isFalse();
    Told told = new Told(Exchanges.to("https://relay.example" + path)).scan(events(said));
    assertThat(told.end().events().answer().isCutShort()).isTrue();
  }
}
