/** DESKHAND_BRANDS: which brands have policies of their own. */
import path from 'node:path';
import { folderOfBrand, mistakeInFolders, parseBrands, policyNameOf } from '../../src/config/brandSettings';
import { readSettings, SettingsError } from '../../src/config/settings';

const brandsOf = (text?: string) => readSettings(text === undefined ? {} : { DESKHAND_BRANDS: text }).brands;
const mistakesOf = (text: string): readonly string[] => {
  try {
    brandsOf(text);
    return [];
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error;
    return error.mistakes;
  }
};

describe('DESKHAND_BRANDS', () => {
  test('names brands with the folders of their policies, whatever blanks and commas stand around them', () => {
    expect(brandsOf(' Acme=policies/acme ,Bravo & Söhne = /srv/bravo,')).toEqual({
      Acme: path.resolve('policies/acme'),
      'Bravo & Söhne': '/srv/bravo',
    });
  });

  test('several brands may go by one policy', () => {
    expect(Object.keys(brandsOf('Acme=policies/acme, Acme Outlet=policies/acme'))).toHaveLength(2);
  });

  test('unset or empty, all brands go by DESKHAND_POLICY', () => {
    expect(brandsOf()).toEqual({});
    expect(brandsOf('  ')).toEqual({});
  });

  test.each([
    ['policies/acme', /must be brands with their policy folders, such as Acme=policies\/acme/],
    ['Acme=', /must be brands with their policy folders/],
    ['=policies/acme', /must be brands with their policy folders/],
    [',', /must be brands with their policy folders/],
    ['Acme=policies/acme, acme =policies/bravo', /name each brand once; "acme" is there twice/],
    ['Acme=a/shop, Bravo=b/shop', /two folders "shop" \(.*a\/shop and .*b\/shop\).*Call one otherwise/],
    ['Acme=a/shop, Bravo=b/Shop', /two folders "Shop"/],
    ['Acme=policies/default', /the policy of all other brands is called so/],
    ['Acme=policies/acme shop', /letters, digits.*such as policies\/acme; "acme shop" is not/],
    ['Acme=/', /"" is not/],
  ])('%j is told, with what is allowed', (text, why) => {
    const [mistake, ...others] = mistakesOf(text);
    expect(mistake).toMatch(/^DESKHAND_BRANDS is ".*": it must /);
    expect(mistake).toMatch(why);
    expect(others).toEqual([]);
  });
});

describe("a ticket's brand", () => {
  const brands = { Acme: '/p/acme', 'ACME outlet': '/p/outlet' };

  test.each([
    ['Acme', '/p/acme'],
    ['acme', '/p/acme'],
    [' Acme Outlet ', '/p/outlet'],
    ['Acme Out', null],
    ['toString', null],
    ['', null],
  ])('%j has the folder %j', (brand, folder) => {
    expect(folderOfBrand(brands, brand)).toBe(folder);
  });

  test('of two that differ by case alone, the one that is written the same', () => {
    expect(folderOfBrand({ acme: '/p/small', Acme: '/p/great' }, 'Acme')).toBe('/p/great');
  });
});

test('a policy is called by the last part of its folder', () => {
  expect(['policies/acme', '/srv/acme/', './acme'].map(policyNameOf)).toEqual(['acme', 'acme', 'acme']);
});

test('the same folder is one policy, however often and in whatever way it is named', () => {
  expect(mistakeInFolders(['policies/acme', './policies/acme', path.resolve('policies/acme')])).toBeNull();
  expect(parseBrands('A=policies/acme,B=./policies/acme')).toEqual({
    A: 'policies/acme',
    B: './policies/acme',
  });
});
