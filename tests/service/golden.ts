const ARTICLE = `第03版：城市新聞

濱河路人行橋下月通車

本報訊 記者從市住建局獲悉，濱河路人行橋主體工程已經完工，目前正在安裝欄桿和照明設備，預計下月通車。

這座橋全長(cháng)一百二十米，連接南岸的菜市場和北岸的圖書館。過去居民過河要繞行(xíng)兩公里，橋通車以后步行只需五分鐘。

施工方介紹，橋面采用防滑材料，兩側設有坡道，方便老人和推車的居民通行。夜間照明由太陽能供電。

市住建局提醒，通車之前請勿進入工地。`;

const SPAM = `
久久精品国产亚洲av高清|国产一区二区三区视频|在线观看免费av网址|成人影片免费观看
真人百家樂娛樂城 註冊送體驗金 線上老虎機 體育投注平台`;

/** An article of our own and what was injected behind it: adult and gambling keywords in the manner of such lists. */
export const GOLDEN = { source: ARTICLE + SPAM, start: ARTICLE.length, spam: SPAM.trim(), article: ARTICLE };
