package io.stallguard.core.body;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** The scan finds in each event of a stream what a plain look at that event alone would find. */
class RepeatedEventsTest {
  private static final List<byte[]> DATA = data();

  /** Text of answers, with all that could be taken for something else. */
  private static final String[] TEXTS = {
    "a", " word", "\\n", "\\\"", "\\\\", "\\u00e9", "naïve 世界", "{}", "\\\"error\\\":", "1", "]}"
  };

  private static final String[] TOKENS = {
    "{",
    "}",
    "[",
    "]",
    ",",
    ":",
    "\"",
    "\\",
    "null",
    "true",
    "1",
    "-2.5e7",
    "\"error\":",
    "{}",
    "[]",
    "\"finish_reason\":\"stop\"",
    "\"type\":\"response.created\"",
    "\"type\":\"message_stop\",",
    "\"choices\":[{",
    "\"delta\":{",
    "\"args\":{\"code\":5},",
    "\"index\":3,",
    "\"x_groq\":{",
    "\"message\":{",
    "\"content\":[{",
    "\"tool_call_delta\":{",
    "\"reasoning\":\"a\",",
    "\"token\":{\"text\":\"\"},",
    "\"tool_calls\":[{",
    "\"metadata\":{",
    "\"type\":\"message_start\",",
    "\"error\":500",
    "\t",
    "\r",
    "\u0000",
    "é"
  };

  private static final EventNames[] NAMES = {
    EventNames.STANDARD,
    new EventNames(
        List.of("ping", "\"model\":\"small\""),
        List.of("\"stop\":true", "\"usage\":", "\"x\":\"y\""))
  };

  @Test
  void thereIsDataOfAllForms() {
    assertThat(DATA.size()).isGreaterThan(80);
  }

  @Test
  void anEventThatDiffersInTextAndNumbersOnlyIsNotFollowedAgain() {
    String[] events = {
      "{'id':'c-7','created':7,'choices':[{'index':0,'delta':{'content':'tea'}}]}",
      "{'id':'c-7','created':18,'choices':[{'index':0,'delta':{'content':'no \\\"more\\\" é'}}]}",
      "{'id':'c-7','created':18,'choices':[{'index':0,'delta':{'content':''}}]}",
      "{'id':'c-7','created':1.9,'choices':[{'index':0,'delta':{'content':'or'}}]}",
      "{'id':'c-7','created':18,'choices':[{'index':0,'delta':{'content':'x'},'finish_reason':'stop'}]}",
    };
    DataScan scan = new DataScan(EventNames.STANDARD, true);
    List<Boolean> repeated = new ArrayList<>();

    for (String event : events) {
      show(scan, bytes(event.replace('\'', '"')), new Random(1), 7);
      repeated.add(scan.isRepeated());
      scan.findings();
    }

    assertThat(repeated).containsExactly(false, true, false, false, false);
    assertThat(scan.data().reason()).isEqualTo(Reason.WHOLE);
  }

  @Test
  void aCutAtAnyPlaceOfARepeatedEventChangesNothing() {
    DATA.forEach(RepeatedEventsTest::saysTheSameWhereverItIsCut);
  }

  @Test
  void norDoesOneBetweenANameOfTheProtocolAndOneOfTheEvent() {
    saysTheSameWhereverItIsCut(
        bytes(
            "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/progress\",\"type\":\"message_start\","
                + "\"params\":{\"progress\":7}}"));
  }

  private static void saysTheSameWhereverItIsCut(byte[] data) {
    for (boolean isBounded : new boolean[] {true, false}) {
      DataScan scan = new DataScan(EventNames.STANDARD, isBounded);
      String expected = facts(new PlainScan(EventNames.STANDARD, isBounded).all(data));
      for (int cut = 0; cut <= data.length; cut++) {
        scan.begin();
        scan.next(data, 0, cut);
        scan.next(data, Math.min(cut, data.length), data.length);
        assertThat(facts(scan)).as("%s cut at %s", text(data), cut).isEqualTo(expected);
      }
    }
  }

  @Test
  void anEventThatBreaksOffAnywhereSaysWhatHasCome() {
    for (byte[] data : DATA) {
      DataScan scan = new DataScan(EventNames.STANDARD, true);
      for (int end = 0; end <= data.length; end++) {
        show(scan, data, new Random(end), 20);
        byte[] part = Arrays.copyOf(data, end);
        show(scan, part, new Random(end), 20);
        String expected = facts(new PlainScan(EventNames.STANDARD, true).all(part));
        assertThat(facts(scan)).as("%s", text(part)).isEqualTo(expected);
      }
    }
  }

  @Property(tries = 1500)
  void whateverCameBeforeAnEventIsFoundAsIfItCameAlone(@ForAll long seed) {
    Random random = new Random(seed);
    EventNames names = NAMES[random.nextInt(NAMES.length)];
    boolean isBounded = random.nextBoolean();
    int most = 1 + random.nextInt(300);
    DataScan scan = new DataScan(names, isBounded);
    byte[][] kinds = {any(random), any(random), any(random)};
    for (int i = 0; i < 40; i++) {
      byte[] data = varied(kinds[random.nextInt(8) == 0 ? random.nextInt(3) : 0], random);
      boolean looksInto = random.nextInt(4) == 0;
      scan.begin(null, looksInto);
      pieces(scan, data, random, most);
      // Where the hash of an event with two names begins is by the pieces in which they come.
      boolean hasTwoNames = text(data).split("\"(type|event)\"", -1).length > 2;
      // What nobody asks for changes nothing.
      if (random.nextInt(3) > 0 && !hasTwoNames) {
        String expected = facts(new PlainScan(names, isBounded, looksInto).all(data));
        assertThat(facts(scan)).as("event %s: %s", i, text(data)).isEqualTo(expected);
      }
    }
  }

  private static void show(DataScan scan, byte[] data, Random random, int most) {
    scan.begin();
    pieces(scan, data, random, most);
  }

  private static void pieces(DataScan scan, byte[] data, Random random, int most) {
    for (int from = 0; from < data.length; ) {
      int to = Math.min(data.length, from + 1 + random.nextInt(most));
      scan.next(data, from, to);
      from = to;
    }
  }

  private static byte[] any(Random random) {
    return DATA.get(random.nextInt(DATA.size()));
  }

  private static byte[] varied(byte[] data, Random random) {
    String text = text(data);
    switch (random.nextInt(6)) {
      case 0:
        return data;
      case 1:
        return bytes(text.replaceAll("[0-9]+", Integer.toString(random.nextInt(2000))));
      case 2:
        return mutated(text, random);
      default:
        String other = random.nextInt(12) == 0 ? "" : texts(random);
        return bytes(text.replaceAll(VALUE, other.replace("\\", "\\\\")));
    }
  }

  /** Strings that hold pieces of answers in the forms. */
  private static final String VALUE =
      "(?<=\"(content|text|response|answer|delta|name|x)\": ?\")[^\"]*";

  private static String texts(Random random) {
    StringBuilder texts = new StringBuilder();
    int count = random.nextInt(40) == 0 ? 2500 : 1 + random.nextInt(6);
    for (int i = 0; i < count; i++) {
      texts.append(TEXTS[random.nextInt(TEXTS.length)]);
    }
    return text(texts.toString().getBytes(UTF_8));
  }

  private static byte[] mutated(String text, Random random) {
    StringBuilder mutated = new StringBuilder(text);
    for (int i = random.nextInt(3); i >= 0; i--) {
      int at = random.nextInt(mutated.length() + 1);
      int end = Math.min(mutated.length(), at + random.nextInt(4));
      mutated.replace(at, end, TOKENS[random.nextInt(TOKENS.length)]);
    }
    return bytes(mutated.toString());
  }

  /** Whatever stands between the brackets of the forms, line by line. */
  private static List<byte[]> data() {
    TreeSet<String> data = new TreeSet<>();
    for (Form form : Form.all()) {
      for (byte[] part : new byte[][] {form.opening(), form.heartbeat(), form.ending()}) {
        text(part)
            .lines()
            .filter(line -> line.contains("{") && line.endsWith("}"))
            .forEach(line -> data.add(line.substring(line.indexOf('{'))));
      }
    }
    List<byte[]> all = new ArrayList<>();
    data.forEach(text -> all.add(bytes(text)));
    return all;
  }

  private static String facts(DataScan scan) {
    return facts(scan.findings(), scan.isWhole(), scan.contentHash());
  }

  private static String facts(PlainScan scan) {
    return facts(scan.findings(), scan.isWhole(), scan.contentHash());
  }

  private static String facts(Findings findings, boolean isWhole, int hash) {
    KeyItem item = findings.item();
    return "type %s, event %s, eventType %s, method %s, error %s, item %s, whole %s, hash %s, %s"
        .formatted(
            findings.type(),
            findings.event(),
            findings.eventType(),
            findings.method(),
            findings.errorName(),
            item == null ? null : item.key() + item.isTerminal(),
            isWhole,
            hash,
            facts(findings.data()));
  }

  /** All fields, but those that live longer than an event. */
  private static String facts(EventData data) {
    return fields(data) + fields(data.alternatives(), "shownNow", "finishedNow", "isInside");
  }

  private static String fields(Object of, String... only) {
    StringBuilder facts = new StringBuilder();
    for (Field field : of.getClass().getDeclaredFields()) {
      boolean counts =
          only.length == 0
              ? field.getType().isPrimitive()
              : List.of(only).contains(field.getName());
      if (!Modifier.isStatic(field.getModifiers()) && (counts || field.getType().isEnum())) {
        facts.append(field.getName()).append(' ').append(value(of, field)).append(", ");
      }
    }
    return facts.toString();
  }

  private static Object value(Object of, Field field) {
    try {
      field.setAccessible(true);
      return field.get(of);
    } catch (IllegalAccessException e) {
      throw new AssertionError(e);
    }
  }

  private static String text(byte[] bytes) {
    return new String(bytes, ISO_8859_1);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(ISO_8859_1);
  }
}
