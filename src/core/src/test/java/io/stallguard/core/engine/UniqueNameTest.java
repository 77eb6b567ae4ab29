package io.stallguard.core.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import org.junit.jupiter.api.Test;

class UniqueNameTest {

  @Test
  void isTheSameForAClassAndAnotherForItsNamesake() throws ClassNotFoundException {
    Class<?> namesake = Class.forName(UniqueName.class.getName(), false, new Other());

    assertThat(UniqueName.of(UniqueName.class))
        .isEqualTo(UniqueName.of(UniqueName.class))
        .startsWith(UniqueName.class.getName())
        .isNotEqualTo(UniqueName.of(namesake));
  }

  /** Defines the class once more. */
  private static final class Other extends ClassLoader {
    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      return name.equals(UniqueName.class.getName())
          ? define(name)
          : super.loadClass(name, resolve);
    }

    private Class<?> define(String name) throws ClassNotFoundException {
      try (InputStream in = UniqueName.class.getResourceAsStream("UniqueName.class")) {
        byte[] bytes = in.readAllBytes();
        return defineClass(name, bytes, 0, bytes.length);
      } catch (IOException e) {
        throw new ClassNotFoundException(name, e);
      }
    }
  }
}
