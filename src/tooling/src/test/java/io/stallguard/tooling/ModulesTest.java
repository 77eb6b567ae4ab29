package io.stallguard.tooling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stallguard.core.settings.Settings;
import org.junit.jupiter.api.Test;

class ModulesTest {
  private static final String CLIENT = FakeModule.Client.class.getName();

  private final Modules modules = Engines.modules("");

  @Test
  void loadsAModuleWhenOneOfItsClassesComes() throws Exception {
    assertThat(modules.loaded(FakeModule.NAME)).isNull();

    modules.typeInstrumentation(entry(FakeModule.class), FakeModule.Client.class.getName());

    assertThat(modules.loaded(FakeModule.NAME)).isInstanceOf(FakeModule.class);
  }

  @Test
  void loadsAModuleOnce() throws Exception {
    modules.typeInstrumentation(entry(FakeModule.class), FakeModule.Client.class.getName());
    InstrumentationModule first = modules.loaded(FakeModule.NAME);

    modules.typeInstrumentation(entry(FakeModule.class), FakeModule.Client.class.getName());

    assertThat(modules.loaded(FakeModule.NAME)).isSameAs(first);
  }

  @Test
  void standsBackFromAClassThatTheModuleDoesNotKnow() {
    assertThatThrownBy(() -> modules.typeInstrumentation(entry(FakeModule.class), "no.Such"))
        .isInstanceOf(StandBack.class)
        .hasMessageContaining(FakeModule.NAME);
  }

  @Test
  void failsWhereTheModuleClassIsMissing() {
    GateIndex.Entry missing = new GateIndex.Entry(FakeModule.NAME, "no.Such");

    assertThatThrownBy(() -> modules.typeInstrumentation(missing, "no.Such"))
        .isInstanceOf(ClassNotFoundException.class);
  }

  @Test
  void switchesOffAWholeModuleWhenOneOfItsClassesFails() throws Exception {
    modules.typeInstrumentation(entry(FakeModule.Two.class), FakeModule.Client.class.getName());

    modules.failed(FakeModule.NAME, FakeModule.Misfit.class.getName(), null);

    assertThat(modules.isEnabled(FakeModule.NAME)).isFalse();
  }

  @Test
  void keepsAModuleWhenAClassFailsThatItCanDoWithout() throws Exception {
    modules.typeInstrumentation(
        entry(FakeModule.WithAnExtra.class), FakeModule.Client.class.getName());

    modules.failed(FakeModule.NAME, FakeModule.Misfit.class.getName(), null);

    assertThat(modules.isEnabled(FakeModule.NAME)).isTrue();
  }

  @Test
  void keepsAModuleThatNeedsOneClassForOtherCopiesOfIt() throws Exception {
    modules.typeInstrumentation(
        entry(FakeModule.WithAnExtra.class), FakeModule.Client.class.getName());

    modules.failed(FakeModule.NAME, FakeModule.Client.class.getName(), null);

    assertThat(modules.isEnabled(FakeModule.NAME)).isTrue();
  }

  @Test
  void keepsAModuleOfOneClassForOtherCopiesOfIt() throws Exception {
    modules.typeInstrumentation(entry(FakeModule.class), FakeModule.Client.class.getName());

    modules.failed(FakeModule.NAME, FakeModule.Client.class.getName(), null);

    assertThat(modules.isEnabled(FakeModule.NAME)).isTrue();
  }

  @Test
  void obeysTheSwitchInTheSettings() {
    Modules off = Engines.modules("instrumentation.fake.enabled=false");

    assertThat(off.isEnabled(FakeModule.NAME)).isFalse();
    assertThat(modules.isEnabled(FakeModule.NAME)).isTrue();
  }

  @Test
  void takesTheAdviceForHeadsOnlyWhereHeadsAreLimited() throws Exception {
    Modules limiting = Engines.modules("head=20s");

    assertThat(joins(modules)).isEqualTo(1);
    assertThat(joins(limiting)).isEqualTo(2);
  }

  @Test
  void wantsMoreOfAModuleOnceHeadsAreLimitedThatHasAdviceForThem() throws Exception {
    Settings before = modules.adopt(Engines.settings("idle=1s"));
    modules.typeInstrumentation(entry(FakeModule.Heads.class), CLIENT);
    assertThat(modules.wantsMore(FakeModule.NAME, CLIENT, before)).isFalse();

    before = modules.adopt(Engines.settings("head=20s"));

    assertThat(modules.wantsMore(FakeModule.NAME, CLIENT, before)).isTrue();
    assertThat(modules.wantsMore(FakeModule.NAME, "no.Such", before)).isFalse();
    assertThat(modules.wantsMore("never-loaded", CLIENT, before)).isFalse();
    before = modules.adopt(Engines.settings("head=30s"));
    assertThat(modules.wantsMore(FakeModule.NAME, CLIENT, before)).isFalse();
  }

  @Test
  void wantsMoreOfAModuleThatIsForHeadsOrConnectionsAloneOnceTheyAreLimited() {
    Settings before = modules.adopt(Engines.settings("head=20s"));

    assertThat(modules.wantsMore("fake-head", CLIENT, before)).isTrue();
    assertThat(modules.wantsMore("fake-connect", CLIENT, before)).isFalse();

    before = modules.adopt(Engines.settings("connect=20s"));
    assertThat(modules.wantsMore("fake-head", CLIENT, before)).isFalse();
    assertThat(modules.wantsMore("fake-connect", CLIENT, before)).isTrue();
  }

  @Test
  void wantsNothingOfAModuleThatIsSwitchedOff() {
    modules.switchOff("fake-head");
    Settings before = modules.adopt(Engines.settings("head=20s"));

    assertThat(modules.wantsMore("fake-head", CLIENT, before)).isFalse();
  }

  private static int joins(Modules modules) throws Exception {
    return modules
        .typeInstrumentation(entry(FakeModule.Heads.class), FakeModule.Client.class.getName())
        .joins()
        .size();
  }

  private static GateIndex.Entry entry(Class<?> moduleClass) {
    return new GateIndex.Entry(FakeModule.NAME, moduleClass.getName());
  }
}
