package io.stallguard.core.engine;

import static io.stallguard.core.Arrivals.read;
import static org.assertj.core.api.Assertions.assertThat;

import io.stallguard.core.Rig;
import io.stallguard.core.words.Exchanges;
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
        "/v1/chat/completions | CHAT[{'index':0,'delta':{'tool_calls':[{'index':0,'id':'x'}]}}]}"
            + "~CHAT[{'index':0,'delta':{},'finish_reason':'stop'}]}~[DONE]",
        "/v1/chat/completions | CHAT[{'index':0,'delta':{'tool_calls':[{'index':0,'id':'x'}]}}]}"
            + "~[DONE]",
        "/v1/chat/completions | CHAT[{'index':0,'delta':{'content':null,'function_call':"
            + "{'name':'f','arguments':'{}'}}}]}"
            + "~CHAT[{'index':0,'delta':{},'finish_reason':'eos'}]}~[DONE]",
        "/v1/messages | MESSAGE~{'type':'content_block_start','index':1,'content_block':"
            + "{'type':'tool_use','id':'t','name':'f','input':{}}}"
            + "~{'type':'message_delta','delta':{'stop_reason':'end_turn'}}"
            + "~{'type':'message_stop'}",
        "/v1/messages | event: message_start^MESSAGE~event: content_block_start^"
            + "{'type':'content_block_start','index':1,'content_block':"
            + "{'type':'tool_use','id':'t','name':'f','input':{}}}"
            + "~event: content_block_delta^{'type':'content_block_delta','index':1,"
            + "'delta':{'type':'input_json_delta','partial_json':'{}'}}"
            + "~event: message_delta^{'type':'message_delta','delta':{'stop_reason':null}}"
            + "~event: message_stop^{'type':'message_stop'}",
        "/v1/messages | MESSAGE~{'type':'message_delta','delta':{'stop_reason':'pause_turn'}}"
            + "~{'type':'message_stop'}",
        "/v2/chat | {'type':'message-start','delta':{'message':{'role':'assistant'}}}"
            + "~{'type':'tool-call-start','delta':{'message':{'tool_calls':{'id':'x'}}}}"
            + "~{'type':'message-end','delta':{'finish_reason':'COMPLETE'}}",
        "/api/v1/chat | {'type':'chat.start','model_instance_id':'m'}"
            + "~{'type':'tool_call.start','tool':'f'}~{'type':'chat.end','result':{}}",
        "/v1/responses | event: response.created^{'type':'response.created','sequence_number':0,"
            + "'response':{'id':'r','object':'response'}}"
            + "~event: response.output_item.done^{'type':'response.output_item.done',"
            + "'sequence_number':4,'item':{'id':'f','type':'function_call','call_id':'c'}}"
            + "~event: response.completed^{'type':'response.completed','sequence_number':9,"
            + "'response':{'id':'r','object':'response'}}~[DONE]",
        "/v1/responses | {'type':'response.created','sequence_number':0,"
            + "'response':{'id':'r','object':'response'}}"
            + "~{'type':'response.output_item.done',"
            + "'sequence_number':4,'item':{'id':'f','type':'function_call','call_id':'c'}}"
            + "~{'type':'response.completed','sequence_number':9,"
            + "'response':{'id':'r','object':'response'}}~[DONE]",
        "/v1beta/models/m:streamGenerateContent | {'candidates':[{'content':{'parts':"
            + "[{'functionCall':{'name':'f','args':{}}}],'role':'model'},'finishReason':'STOP'}],"
            + "'usageMetadata':{}}~[DONE]",
        "/api/chat | {'type':'start','messageId':'m'}"
            + "~{'type':'text-start','id':'0'}~{'type':'text-end','id':'0'}"
            + "~{'type':'tool-input-available','toolCallId':'c','toolName':'f','input':{}}"
            + "~{'type':'finish-step'}~{'type':'finish'}~[DONE]",
        "/v1/conversations | {'type':'conversation.response.started','conversation_id':'c'}"
            + "~{'type':'function.call.delta','name':'f','arguments':'{}'}"
            + "~{'type':'conversation.response.done'}~[DONE]",
      })
  void aCallInItIsEnoughWhateverItsReasonSays(String path, String said) {
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
    assertThat(guard.events().answer().isCutShort()).isTrue();
  }
}
