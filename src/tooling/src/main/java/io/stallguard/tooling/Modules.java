package io.stallguard.tooling;

import io.stallguard.core.coverage.Cause;
import io.stallguard.core.coverage.Coverage;
import io.stallguard.core.settings.Settings;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The instrumentation modules that have been needed so far, and which are switched off. */
final class Modules {
  private final boolean attached;
  private volatile Settings settings;
  private final Map<String, InstrumentationModule> loaded = new ConcurrentHashMap<>();
  private final Set<String> switchedOff = ConcurrentHashMap.newKeySet();
  private final Coverage coverage;

  /** Makes the list in a JVM whose app begins after the agent. */
  Modules(Settings settings, Coverage coverage) {
    this(settings, coverage, false);
  }

  /**
   * Makes the list, of which no module is needed yet.
   *
   * @param coverage is told of those that do not work
   * @param attached whether the app ran before
   */
  Modules(Settings settings, Coverage coverage, boolean attached) {
    this.settings = settings;
    this.coverage = coverage;
    this.attached = attached;
  }

  /**
   * Goes by other settings from now on.
   *
   * @return those before
   */
  synchronized Settings adopt(Settings renewed) {
    Settings before = settings;
    settings = renewed;
    return before;
  }

  /** Whether a class of this module gets advice now that it did not get under other settings. */
  boolean wantsMore(String module, String typeName, Settings before) {
    Settings now = settings;
    if (!isEnabled(module)) {
      return false;
    }
    return !before.isModuleEnabled(module)
        || (now.limitsHeads() && !before.limitsHeads() && hasAdviceForHeads(module, typeName));
  }

  private boolean hasAdviceForHeads(String module, String typeName) {
    InstrumentationModule known = loaded.get(module);
    TypeInstrumentation type = known == null ? null : type(known, typeName);
    return type != null && type.hasAdviceForHeads();
  }

  private static @Nullable TypeInstrumentation type(InstrumentationModule module, String typeName) {
    for (TypeInstrumentation type : module.types()) {
      if (type.type().equals(typeName)) {
        return type;
      }
    }
    return null;
  }

  boolean isEnabled(String module) {
    return settings.isModuleEnabled(module) && !switchedOff.contains(module);
  }

  /**
   * Switches off a module that keeps failing.
   *
   * @return whether it was on before
   */
  boolean switchOff(String module) {
    return switchOff(module, Cause.ERRORS);
  }

  private boolean switchOff(String module, Cause cause) {
    boolean isNew = switchedOff.add(module);
    if (isNew) {
      coverage.isOff(module, cause);
    }
    return isNew;
  }

  /**
   * The words on the clients of a module that does not work: its name, and how far they are
   * guarded.
   */
  String without(String module) {
    return coverage.without(module);
  }

  /**
   * Notes that a class of the module could not be woven. A module that needs several is whole or
   * nothing; of one that needs a single class, other copies in other class loaders may be fine.
   *
   * @return whether that is to be told
   */
  boolean failed(String module, String typeName, @Nullable ClassLoader loader) {
    InstrumentationModule failed = loaded.get(module);
    if (failed == null || isOptional(failed, typeName)) {
      return true;
    }
    return requiredTypes(failed) == 1
        ? coverage.isAmiss(module, loader, Cause.VERSION)
        : switchOff(module, Cause.VERSION);
  }

  /**
   * Notes that a class of the module was loaded before the agent and does not take its advice any
   * more.
   */
  void isLate(String module, @Nullable ClassLoader loader) {
    coverage.isAmiss(module, loader, Cause.BUILT_BEFORE);
  }

  /** Notes that advice in a class reaches us by a right that a security manager may ask for. */
  void needsRight(String module, ClassFile woven) {
    ClassLoader loader = woven.loader();
    if (loader != null) {
      coverage.needsRight(module, loader, woven.domain());
    }
  }

  private static long requiredTypes(InstrumentationModule module) {
    return module.types().stream().filter(type -> !type.isOptional()).count();
  }

  private static boolean isOptional(InstrumentationModule module, String typeName) {
    TypeInstrumentation type = type(module, typeName);
    return type != null && type.isOptional();
  }

  /** The module of this name, if one of its classes has come. */
  @Nullable InstrumentationModule loaded(String module) {
    return loaded.get(module);
  }

  /** What is to be done to a class that the index has named. */
  TypeInstrumentation typeInstrumentation(GateIndex.Entry entry, String typeName)
      throws ReflectiveOperationException, StandBack {
    TypeInstrumentation type = type(load(entry), typeName);
    if (type == null) {
      throw new StandBack("module " + entry.module() + " does not know the class");
    }
    return type.settled(settings.limitsHeads(), attached);
  }

  private InstrumentationModule load(GateIndex.Entry entry) throws ReflectiveOperationException {
    InstrumentationModule module = loaded.get(entry.module());
    if (module == null) {
      Class<?> type = Class.forName(entry.moduleClass(), true, Modules.class.getClassLoader());
      module = (InstrumentationModule) type.getDeclaredConstructor().newInstance();
      loaded.put(entry.module(), module);
    }
    return module;
  }
}
