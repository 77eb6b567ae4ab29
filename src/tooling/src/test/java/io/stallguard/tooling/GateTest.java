package io.stallguard.tooling;

import static org.assertj.core.api.Assertions.assertThat;

import io.stallguard.core.settings.Settings;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.instrument.Instrumentation;
import java.lang.instrument.UnmodifiableClassException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GateTest {
  private static final Class<?>[] LOADED = {String.class, FakeModule.Client.class, int[].class};

  private static final String CLIENT = FakeModule.Client.class.getName();

  private final Lines console = new Lines();
  private final List<GateIndex.Entry> needed = new ArrayList<>();

  @Test
  void weavesAClassThatIsInTheIndex() throws Exception {
    byte[] woven = transform(gate(FakeModule.class, ""), FakeModule.Client.class);

    Class<?> client =
        new Compiled.Defining(ClassLoader.getPlatformClassLoader()).define(CLIENT, woven);
    assertThat(client.getMethod("call", String.class).invoke(null, "asked")).isEqualTo("woven");
    assertThat(console.all()).isEmpty();
  }

  @Test
  void tellsOnceOfAModuleBeforeItIsLoaded() throws Exception {
    Gate gate = gate(FakeModule.WithAnExtra.class, "");

    transform(gate, FakeModule.Misfit.class);
    transform(gate, FakeModule.Client.class);

    assertThat(needed).singleElement().extracting(GateIndex.Entry::module).isEqualTo("fake");
  }

  @Test
  void saysOnceThatAModuleCannotBeLoaded() throws Exception {
    String line = FakeModule.NAME + " no.Such ";
    String index =
        line + internal(FakeModule.Client.class) + "\n" + line + internal(FakeModule.Misfit.class);
    Gate gate = gate(index, Engines.modules(""));

    transform(gate, FakeModule.Client.class);
    transform(gate, FakeModule.Misfit.class);

    assertThat(console.all()).singleElement().asString().contains("no.Such");
  }

  @Test
  void leavesEveryOtherClassAlone() throws Exception {
    assertThat(transform(gate(FakeModule.class, ""), GateTest.class)).isNull();
  }

  @Test
  void leavesClassesWithoutANameAlone() throws Exception {
    Gate gate = gate(FakeModule.class, "");

    assertThat(gate.transform(null, null, null, null, new byte[0])).isNull();
    assertThat(console.all()).isEmpty();
  }

  @Test
  void leavesTheClassesOfASwitchedOffModuleAlone() throws Exception {
    Gate gate = gate(FakeModule.class, "instrumentation.fake.enabled=false");

    assertThat(transform(gate, FakeModule.Client.class)).isNull();
    assertThat(console.all()).isEmpty();
  }

  @Test
  void leavesAClassThatDoesNotFitAloneAndSaysSoInOneLine() throws Exception {
    Gate gate = gate(FakeModule.Two.class, "");

    assertThat(transform(gate, FakeModule.Misfit.class)).isNull();

    assertThat(console.all()).hasSize(1);
    assertThat(console.all().get(0))
        .startsWith("fake is not guarded: " + FakeModule.Misfit.class.getName() + " from ")
        .contains("there is no call(")
        .doesNotContain("\n");
  }

  @Test
  void leavesAClassAloneInSilenceThatPlaysAnotherPartInThisJava() throws Exception {
    Gate gate = gate(FakeModule.WithAnExtra.class, "");

    assertThat(transform(gate, FakeModule.Misfit.class)).isNull();

    assertThat(console.all()).isEmpty();
    assertThat(transform(gate, FakeModule.Client.class)).isNotNull();
  }

  @ParameterizedTest
  @CsvSource({"1.8, 8", "11, 11", "26, 26"})
  void knowsTheReleaseOfJavaByItsSpecification(String version, int feature) {
    assertThat(Gate.feature(version)).isEqualTo(feature);
  }

  @Test
  void leavesTheOtherClassesOfAModuleAloneOnceOneHasFailed() throws Exception {
    Gate gate = gate(FakeModule.Two.class, "");

    transform(gate, FakeModule.Misfit.class);

    assertThat(transform(gate, FakeModule.Client.class)).isNull();
  }

  @Test
  void survivesAClassFileThatNobodyCanRead() throws Exception {
    Gate gate = gate(FakeModule.class, "");
    byte[] garbage = {1, 2, 3};

    byte[] transformed =
        gate.transform(getClass().getClassLoader(), CLIENT.replace('.', '/'), null, null, garbage);

    assertThat(transformed).isNull();
    assertThat(console.all()).hasSize(1);
  }

  @Test
  void retransformsWhatWasLoadedBefore() throws Exception {
    List<Class<?>> retransformed = new ArrayList<>();

    Gate gate = gate(FakeModule.class, "");
    gate.retransform(gate.ofInterest(LOADED), instrumentation(retransformed::add));

    assertThat(retransformed).containsExactly(FakeModule.Client.class);
  }

  @Test
  void retransformsOnlyWhatWantsMoreAfterAChange() throws Exception {
    List<Class<?>> retransformed = new ArrayList<>();
    Modules modules = Engines.modules("");
    Gate gate = gate(FakeModule.Heads.class, modules);
    transform(gate, FakeModule.Client.class);

    Settings before = modules.adopt(Engines.settings("head=20s"));
    int count =
        gate.retransformLoaded(
            new Class<?>[] {String.class, FakeModule.Client.class, FakeModule.Misfit.class},
            instrumentation(
                type -> {
                  retransformed.add(type);
                }),
            before);

    assertThat(count).isEqualTo(1);
    assertThat(retransformed).containsExactly(FakeModule.Client.class);
  }

  @Test
  void hasNoInterestInWhatIsSwitchedOff() throws Exception {
    String off = "instrumentation." + FakeModule.NAME + ".enabled=false";

    assertThat(gate(FakeModule.class, off).ofInterest(LOADED)).isEmpty();
  }

  @Test
  void goesOnWhenAClassCannotBeRetransformed() throws Exception {
    Gate gate = gate(FakeModule.class, "");
    gate.retransform(
        gate.ofInterest(LOADED),
        instrumentation(
            type -> {
              throw new UnmodifiableClassException(type.getName());
            }));

    assertThat(console.all())
        .hasSize(1)
        .first()
        .asString()
        .startsWith(CLIENT + " was loaded before and cannot be guarded");
  }

  private Gate gate(Class<?> module, String settings) throws IOException {
    return gate(module, Engines.modules(settings));
  }

  private Gate gate(Class<?> module, Modules modules) throws IOException {
    String line = FakeModule.NAME + " " + module.getName() + " ";
    String index =
        line + internal(FakeModule.Client.class) + "\n" + line + internal(FakeModule.Misfit.class);
    return gate(index, modules);
  }

  private Gate gate(String index, Modules modules) throws IOException {
    return new Gate(
        GateIndex.read(new ByteArrayInputStream(index.getBytes(StandardCharsets.US_ASCII))),
        modules,
        needed::add,
        console);
  }

  private static String internal(Class<?> type) {
    return type.getName().replace('.', '/');
  }

  private static byte[] transform(Gate gate, Class<?> type) throws IOException {
    return gate.transform(
        type.getClassLoader(), internal(type), null, null, Compiled.bytesOf(type));
  }

  private static Instrumentation instrumentation(Retransformation retransformation) {
    return (Instrumentation)
        Proxy.newProxyInstance(
            GateTest.class.getClassLoader(),
            new Class<?>[] {Instrumentation.class},
            (self, method, arguments) -> {
              retransformation.of(((Class<?>[]) arguments[0])[0]);
              return null;
            });
  }

  /** What the JVM does when it is asked to retransform a class. */
  private interface Retransformation {
    void of(Class<?> type) throws UnmodifiableClassException;
  }
}
